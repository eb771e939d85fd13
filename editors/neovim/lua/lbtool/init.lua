-- Starting the server for a buffer, on old and new versions of Neovim.
local M = {}

local CONTENT_MODIFIED = -32801

local options = {
  cmd = { 'lbtool', 'lsp' },
  trusted = true, -- may exports be run?
  settings = {}, -- as in lbtool.toml, for example { features = 'asm-only' }
}

-- Change what is above, before the first .wat file is opened.
function M.setup(given)
  options = vim.tbl_deep_extend('force', options, given or {})
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

local function config(buffer)
  return {
    name = 'lbtool',
    cmd = options.cmd,
    root_dir = root_of(buffer),
    capabilities = capabilities(),
    init_options = { trusted = options.trusted, settings = options.settings },
    settings = { lbtool = options.settings },
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
  return id
end

-- Start the server for a buffer, unless vim.lsp.enable('lbtool') does, which leaves out
-- what is no plain file.
function M.attach(buffer)
  local plain = vim.bo[buffer].buftype == ''
  if plain and vim.lsp.is_enabled and vim.lsp.is_enabled('lbtool') then
    return
  end
  start(buffer)
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

-- Ask the server of a buffer; `done` gets the answer, or nil after an error. Says
-- whether there was somebody to ask.
function M.request(buffer, method, params, done)
  local client = M.client(buffer)
  if not client then
    vim.notify('lbtool: no server for this buffer', vim.log.levels.WARN)
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

-- A binary module as text, read-only, with the same hovers.
function M.read_binary(buffer, path)
  local text = vim.fn.systemlist({ options.cmd[1], 'wat', path })
  if vim.v.shell_error ~= 0 then
    vim.notify(table.concat(text, '\n'), vim.log.levels.ERROR)
    return
  end
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, text)
  vim.bo[buffer].modified = false
  vim.bo[buffer].buftype = 'nowrite'
  vim.bo[buffer].readonly = true
  vim.bo[buffer].filetype = 'wat'
end

-- :LbtoolRun NAME ARGUMENT...
function M.run(words)
  local buffer = vim.api.nvim_get_current_buf()
  -- An empty Lua table would be sent as an object: arguments go as one text.
  local request = {
    uri = vim.uri_from_bufnr(buffer),
    export = words[1],
    args = table.concat(words, ' ', 2),
  }
  M.request(
    buffer,
    'workspace/executeCommand',
    { command = 'lbtool.run', arguments = { request } },
    function(outcome)
      if outcome then
        local good = outcome.status == 'returned'
        local level = good and vim.log.levels.INFO or vim.log.levels.WARN
        vim.notify('lbtool: ' .. outcome.text, level)
      end
    end
  )
end

return M
