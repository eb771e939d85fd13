-- Drives Neovim with the plugin, and writes what a user would see as JSON.
--   nvim --headless --clean --cmd "set rtp^=PLUGIN" -c "luafile drive.lua" FILE.wat
-- FILE.wat exports div (of two) and fib; FILE.wasm beside it is a binary module.
local seen = {}
local source = vim.api.nvim_get_current_buf()
local notes = {}
vim.notify = function(text)
  table.insert(notes, text)
end
local deprecated = {}
vim.deprecate = function(name)
  table.insert(deprecated, name)
end

local function await(what, condition)
  assert(vim.wait(20000, condition, 5), 'never: ' .. what)
end

local function contents(buffer)
  return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n')
end

-- The line and column behind the first match of a plain text, in the source.
local function go_to(text)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local at = line:find(text, 1, true)
    if at then
      vim.api.nvim_win_set_cursor(0, { number, at - 1 })
      return number
    end
  end
  error(text .. ' is not there')
end

local function floating()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= '' then
      return window
    end
  end
end

local function hover()
  vim.api.nvim_feedkeys('K', 'x', false)
  await('a hover', floating)
  local text = contents(vim.api.nvim_win_get_buf(floating()))
  vim.api.nvim_win_close(floating(), true)
  return text
end

local function highlighted(buffer)
  local space = vim.api.nvim_get_namespaces()['lbtool-linked']
  local found = {}
  for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(buffer, space, 0, -1, {})) do
    local line = vim.api.nvim_buf_get_lines(buffer, mark[2], mark[2] + 1, false)[1]
    table.insert(found, line)
  end
  return found
end

local function messages()
  return vim.tbl_map(function(each)
    return each.message
  end, vim.diagnostic.get(source))
end

local lbtool = require('lbtool')

local function drive()
  seen.version = vim.version().major .. '.' .. vim.version().minor .. '.' .. vim.version().patch
  await('a server', function()
    local client = lbtool.client(source)
    -- K of an unattached buffer is a manual page, and a question.
    return client and client.initialized and vim.fn.mapcheck('K', 'n') ~= ''
  end)

  go_to('i32.div_s')
  seen.hover = hover()

  vim.cmd('LbtoolAssembly')
  local assembly = require('lbtool.assembly').buffer(source)
  await('the assembly', function()
    return contents(assembly):find('idiv', 1, true)
  end)
  seen.assembly = contents(assembly)

  vim.api.nvim_exec_autocmds('CursorMoved', { buffer = source })
  await('linked lines', function()
    return #highlighted(assembly) > 0
  end)
  seen.linked = highlighted(assembly)

  local row = go_to('i32.div_s')
  vim.api.nvim_buf_set_lines(source, row - 1, row, false, { '    i32.rem_u)' })
  await('code of the edit', function()
    return contents(assembly):find('i32.rem_u', 1, true)
  end)
  seen.edited = contents(assembly)

  vim.api.nvim_buf_set_lines(source, row - 1, row, false, { '    i64.add)' })
  await('diagnostics', function()
    return #messages() > 0
  end)
  await('stale code', function()
    return contents(assembly):find('; stale', 1, true)
  end)
  seen.diagnostics = messages()
  vim.api.nvim_buf_set_lines(source, row - 1, row, false, { '    i32.div_s)' })
  await('no diagnostics', function()
    return #messages() == 0
  end)

  vim.cmd('LbtoolRun fib 20')
  await('a result', function()
    return #notes == 1
  end)
  vim.cmd('LbtoolRun div 1 0')
  await('a trap', function()
    return #notes == 2 and #messages() == 1
  end)
  seen.trap = vim.diagnostic.get(source)[1]

  local asked
  vim.ui.input = function(options, done)
    asked = options.prompt
    done('21')
  end
  -- Before 0.8 the size, which does nothing, is offered too.
  vim.ui.select = function(lenses, _, done)
    done(lenses[#lenses], #lenses)
  end
  vim.lsp.codelens.refresh()
  await('lenses', function()
    local found = vim.lsp.codelens.get(source)
    return #found > 0 and found[#found].command
  end)
  go_to('(func $fib')
  vim.lsp.codelens.run()
  await('a result of the lens', function()
    return #notes == 3
  end)
  seen.asked, seen.runs = asked, { unpack(notes) }

  vim.ui.input = function(_, done)
    done('20')
  end
  vim.ui.select = function(lenses, options, done)
    seen.choices = vim.tbl_map(options.format_item, lenses)
    done(lenses[#lenses], #lenses)
  end
  vim.cmd('LbtoolRun')
  await('a result of the choice', function()
    return #notes == 4
  end)
  seen.chosen = notes[4]

  vim.bo[source].modified = false
  local windows = #vim.api.nvim_list_wins()
  vim.cmd('edit ' .. vim.fn.expand('%:p:r') .. '.wasm')
  local binary = vim.api.nvim_get_current_buf()
  seen.binary = contents(binary)
  seen.readonly = vim.bo[binary].readonly
  await('a server for the binary', function()
    return lbtool.client(binary) and vim.fn.mapcheck('K', 'n') ~= ''
  end)
  go_to('i32.div_s')
  seen.binary_hover = hover()
  vim.cmd('LbtoolAssembly')
  seen.windows = #vim.api.nvim_list_wins() - windows
  seen.deprecated = deprecated
end

local good, problem = pcall(drive)
seen.problem = not good and tostring(problem) or nil
local lines = { vim.fn.json_encode(seen) }
vim.fn.writefile(lines, vim.env.SEEN)
local clients = vim.lsp.get_clients or vim.lsp.get_active_clients
for _, client in pairs(clients()) do
  if vim.fn.has('nvim-0.11') == 1 then
    client:stop()
  else
    client.stop()
  end
end
vim.wait(5000, function()
  return #clients() == 0
end, 5)
vim.cmd('qa!')
