-- Commands, and what happens when a .wat or .wasm file is opened.
if vim.g.loaded_lbtool then
  return
end
vim.g.loaded_lbtool = true

local group = vim.api.nvim_create_augroup('lbtool', {})

vim.api.nvim_create_autocmd('FileType', {
  group = group,
  pattern = 'wat',
  callback = function(event)
    require('lbtool').attach(event.buf)
  end,
})

vim.api.nvim_create_autocmd('BufReadCmd', {
  group = group,
  pattern = '*.wasm',
  callback = function(event)
    require('lbtool').read_binary(event.buf, event.match)
  end,
})

vim.api.nvim_create_user_command('LbtoolAssembly', function()
  require('lbtool.assembly').open()
end, { desc = 'Show the machine code of this file beside it' })

vim.api.nvim_create_user_command('LbtoolRun', function(command)
  require('lbtool').run(command.fargs)
end, { nargs = '*', desc = 'Run an export: its name, then its arguments; or choose one' })

-- ▶ above an export: :lua vim.lsp.codelens.run()
vim.lsp.commands['lbtool.run'] = function(command, context)
  require('lbtool').run_lens(command, context)
end
