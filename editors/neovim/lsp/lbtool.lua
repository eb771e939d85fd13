-- Configuration of the server for Neovim 0.11 and newer: vim.lsp.enable('lbtool').
return {
  cmd = { 'lbtool', 'lsp' },
  filetypes = { 'wat' },
  root_markers = { 'lbtool.toml', 'pyproject.toml', '.git' },
  capabilities = { workspace = { textDocumentContent = { dynamicRegistration = false } } },
  init_options = { trusted = true },
}
