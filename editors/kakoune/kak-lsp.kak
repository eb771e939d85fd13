# lbtool for Kakoune with kakoune-lsp 18 or newer: add this to kakrc, below what loads
# kakoune-lsp, and enable it: hook global WinSetOption filetype=wat lsp-enable-window
# :lsp-hover shows the machine code of the instruction under the cursor.

hook global BufCreate .*\.wat %{ set-option buffer filetype wat }

hook -group lsp-filetype-wat global BufSetOption filetype=wat %{
    set-option buffer lsp_servers %{
        [lbtool]
        command = "lbtool"
        args = ["lsp"]
        root_globs = ["lbtool.toml", "pyproject.toml", ".git"]
        settings_section = "lbtool"
        [lbtool.settings.lbtool]
        trusted = true
        syntax = "intel"
    }
}
