" Older versions of Neovim call it wast, which is another language.
autocmd BufRead,BufNewFile *.wat set filetype=wat
