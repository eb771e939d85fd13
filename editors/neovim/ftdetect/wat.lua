-- Neovim 0.7 does not know these; newer ones do.
vim.filetype.add({ extension = { wat = 'wat', wast = 'wat' } })
