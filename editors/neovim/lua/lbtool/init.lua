-- Starting the server for a buffer, on old and new versions of Neovim; runs and binaries.
local M = {}

local CONTENT_MODIFIED = -32801

M.options = {
  cmd = { 'lbtool', 'lsp' },
  trusted = true, -- may exports be run?
  settings = {}, -- as in lbtool.toml, for example { features = 'asm-only' }
}

-- Change what is above, before the first .wat file is opened.
function M.setup(given)
  M.options = vim.tbl_deep_extend('force', M.options, given or {})
end

-- Whether there is such a program; says so once when there is not.
function M.found()
  local program = M.options.cmd[1]
  if vim.fn.executable(program) == 1 then
    return true
  end
  local text = ("lbtool: there is no program '%s' on the PATH; :checkhealth lbtool says more"):format(program)
  vim.notify_once(text, vim.log.levels.WARN)
  return false
end

local function root_of(buffer)
  local start = vim.fs and vim.fs.dirname(vim.api.nvim_buf_get_name(buffer))
  local found = start
    and vim.fs.find({ 'lbtool.toml', 'pyproject.toml', '.git' }, { path = start, upward = true })[1]
  return found and vim.fs.dirname(found) or vim.fn.getcwd()
end

local function capabilities()
  local made = vim.lsp.protocol.make_client_capabilities()
  made.workspace = made.workspace or {}
  made.workspace.textDocumentContent = { dynamicRegistration = false }
  return made
end

local function on_attach(_, buffer)
  -- 0.10 and newer map K themselves.
  if vim.fn.has('nvim-0.10') == 0 and vim.fn.mapcheck('K', 'n') == '' then
    vim.keymap.set('n', 'K', vim.lsp.buf.hover, { buffer = buffer, desc = 'Hover' })
  end
end

local function config(buffer)
  return {
    name = 'lbtool',
    cmd = M.options.cmd,
    root_dir = root_of(buffer),
    capabilities = capabilities(),
    init_options = { trusted = M.options.trusted, settings = M.options.settings },
    settings = { lbtool = M.options.settings },
    on_attach = on_attach,
  }
end

local clients = {} -- before 0.8: root directory -> client id

local function start(buffer)
  local wanted = config(buffer)
  if vim.lsp.start then
    return vim.lsp.start(wanted, { bufnr = buffer })
  end
  local id = clients[wanted.root_dir]
  if not (id and vim.lsp.get_client_by_id(id)) then
    id = vim.lsp.start_client(wanted)
    clients[wanted.root_dir] = id
  end
  vim.lsp.buf_attach_client(buffer, id)
end

-- Start the server for a buffer, unless vim.lsp.enable('lbtool') does, which leaves out
-- what is no plain file.
function M.attach(buffer)
  local enabled = vim.lsp.is_enabled and vim.lsp.is_enabled('lbtool')
  if enabled and type(vim.lsp.config.lbtool.cmd) == 'table' then
    M.options.cmd = vim.lsp.config.lbtool.cmd
  end
  local plain = vim.bo[buffer].buftype == ''
  if M.found() and not (plain and enabled) then
    start(buffer)
  end
end

-- The client of a buffer, or nil.
function M.client(buffer)
  local find = vim.lsp.get_clients or vim.lsp.get_active_clients
  for _, client in pairs(find()) do
    if client.name == 'lbtool' and vim.lsp.buf_is_attached(buffer, client.id) then
      return client
    end
  end
end

-- The client of a buffer, or nil and a word about it.
function M.need_client(buffer)
  local client = M.client(buffer)
  if not client and M.found() then
    vim.notify('lbtool: this buffer has no server (yet)', vim.log.levels.WARN)
  end
  return client
end

-- Ask the server of a buffer; `done` gets the answer, or nil after an error. Says
-- whether there was somebody to ask.
function M.request(buffer, method, params, done)
  local client = M.need_client(buffer)
  if not client then
    return false
  end
  local function answer(failure, result)
    if failure and failure.code ~= CONTENT_MODIFIED then
      vim.notify('lbtool: ' .. failure.message, vim.log.levels.ERROR)
    end
    done(not failure and result or nil)
  end
  if vim.fn.has('nvim-0.11') == 1 then
    return (client:request(method, params, answer, buffer))
  end
  return (client.request(method, params, answer, buffer))
end

-- A binary module as text, or why there is none. Whatever happens, the buffer is not the
-- file, so nothing may write it there.
function M.read_binary(buffer, path)
  local options = vim.bo[buffer]
  options.buftype = 'nowrite'
  options.readonly = true
  options.modifiable = true -- of `:edit`, it may be false
  local program = M.options.cmd[1]
  local text, filetype = { ("lbtool: there is no program '%s' on the PATH"):format(program) }, ''
  if M.found() then
    local called, printed = pcall(vim.fn.systemlist, { program, 'wat', path })
    local done = called and vim.v.shell_error == 0
    text = called and printed or vim.split(printed, '\n')
    filetype = done and 'wat' or ''
  end
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, text)
  options.modified = false
  options.modifiable = false
  options.filetype = filetype
end

-- Run an export; `arguments` is one text, because an empty Lua table would be sent as an
-- object. Says what came out, and what it printed.
local function run(buffer, uri, export, arguments)
  local request = { uri = uri, export = export, args = arguments }
  local params = { command = 'lbtool.run', arguments = { request } }
  M.request(buffer, 'workspace/executeCommand', params, function(outcome)
    if not outcome then
      return
    end
    local level = outcome.status == 'returned' and vim.log.levels.INFO or vim.log.levels.WARN
    local printed = outcome.output ~= '' and outcome.output:gsub('\n$', '') .. '\n' or ''
    vim.notify(printed .. 'lbtool: ' .. outcome.text, level)
  end)
end

-- The lens of an export was chosen: ask for its arguments, run it.
function M.run_lens(command, context)
  local given = command.arguments[1]
  if #given.params == 0 then
    return run(context.bufnr, given.uri, given.export, '')
  end
  local prompt = ('%s (%s): '):format(given.export, table.concat(given.params, ' '))
  vim.ui.input({ prompt = prompt }, function(typed)
    if typed then
      run(context.bufnr, given.uri, given.export, typed)
    end
  end)
end

-- Choose one of the exports of a buffer, and run it.
local function choose(buffer)
  local params = { textDocument = vim.lsp.util.make_text_document_params(buffer) }
  M.request(buffer, 'textDocument/codeLens', params, function(lenses)
    local found = {}
    for _, lens in ipairs(lenses ~= vim.NIL and lenses or {}) do
      if lens.data.export then
        table.insert(found, lens)
      end
    end
    if #found == 0 then
      vim.notify('lbtool: there is no export to run', vim.log.levels.WARN)
      return
    end
    local function shown(lens)
      return lens.data.export
    end
    vim.ui.select(found, { prompt = 'Run: ', format_item = shown }, function(lens)
      if lens then
        M.request(buffer, 'codeLens/resolve', lens, function(resolved)
          if resolved and resolved.command.arguments then
            M.run_lens(resolved.command, { bufnr = buffer })
          end
        end)
      end
    end)
  end)
end

-- :LbtoolRun NAME ARGUMENT..., or :LbtoolRun, which lets choose
function M.run(words)
  local buffer = vim.api.nvim_get_current_buf()
  if #words == 0 then
    return choose(buffer)
  end
  run(buffer, vim.uri_from_bufnr(buffer), words[1], table.concat(words, ' ', 2))
end

return M
