-- The machine code of a buffer in a window beside it, linked to where the cursor is.
local lbtool = require('lbtool')

local M = {}

local LINKED = vim.api.nvim_create_namespace('lbtool-linked')
local STALE = vim.api.nvim_create_namespace('lbtool-stale')

-- Source buffer -> { buffer = , asked = an answer is due, again = it is old by now }
local views = {}

-- As the server names it: made of the source, which is the query.
local function assembly_uri(source)
  local encoded = vim.uri_from_bufnr(source):gsub('[^%w._~-]', function(char)
    return ('%%%02X'):format(char:byte())
  end)
  return 'lbtool-asm:/assembly.s?' .. encoded
end

local function mark(buffer, space, group, line)
  local whole = { end_row = line + 1, hl_group = group, hl_eol = true, strict = false }
  vim.api.nvim_buf_set_extmark(buffer, space, line, 0, whole)
end

local function view_of(source)
  local view = views[source]
  return view and vim.api.nvim_buf_is_valid(view.buffer) and view or nil
end

-- Highlight the assembly of the instruction under the cursor, and show it.
local function link(source)
  local window = vim.fn.bufwinid(source)
  if window == -1 or not view_of(source) then
    return
  end
  local encoding = lbtool.client(source) and lbtool.client(source).offset_encoding or 'utf-16'
  local params = vim.lsp.util.make_position_params(window, encoding)
  lbtool.request(source, 'lbtool/linked', params, function(found)
    local view = view_of(source)
    if not view then
      return
    end
    vim.api.nvim_buf_clear_namespace(view.buffer, LINKED, 0, -1)
    local lines = found ~= vim.NIL and found and found.lines or {}
    local count = vim.api.nvim_buf_line_count(view.buffer)
    for _, line in ipairs(lines) do
      if line < count then
        mark(view.buffer, LINKED, 'Visual', line)
      end
    end
    local beside = vim.fn.bufwinid(view.buffer)
    if beside ~= -1 and lines[1] and lines[1] < count then
      vim.api.nvim_win_set_cursor(beside, { lines[1] + 1, 0 })
    end
  end)
end

local function show(source, text)
  local buffer = views[source].buffer
  local lines = vim.split(text, '\n')
  vim.bo[buffer].modifiable = true
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, lines)
  vim.bo[buffer].modifiable = false
  local stale = false
  for number, line in ipairs(lines) do
    stale = line ~= '' and (stale or vim.startswith(line, '; stale:'))
    if stale then
      mark(buffer, STALE, 'Comment', number - 1)
    end
  end
  link(source)
end

-- Fetch the assembly again; the server answers when it has followed the last edit, and
-- an answer at a time is enough.
function M.refresh(source)
  local view = view_of(source)
  if not view then
    return
  end
  if view.asked then
    view.again = true
    return
  end
  view.asked, view.again = true, false
  local params = { uri = assembly_uri(source) }
  local sent = lbtool.request(source, 'workspace/textDocumentContent', params, function(answer)
    if not view_of(source) then
      return
    end
    view.asked = false
    if answer then
      show(source, answer.text)
    end
    if view.again then
      M.refresh(source)
    end
  end)
  view.asked = sent
end

local function watch(source)
  local group = vim.api.nvim_create_augroup('lbtool-assembly-' .. source, {})
  local function on(events, buffer, callback)
    vim.api.nvim_create_autocmd(events, { group = group, buffer = buffer, callback = callback })
  end
  on({ 'CursorMoved', 'CursorMovedI' }, source, function()
    link(source)
  end)
  on('BufWipeout', views[source].buffer, function()
    views[source] = nil
    vim.api.nvim_del_augroup_by_id(group)
  end)
end

-- There is another text, after an edit or because the cursor went far away.
vim.lsp.handlers['workspace/textDocumentContent/refresh'] = function()
  for source in pairs(views) do
    M.refresh(source)
  end
  return vim.NIL
end

-- The buffer with the assembly of another one, or nil.
function M.buffer(source)
  local view = view_of(source)
  return view and view.buffer
end

-- The window of this tab page that shows machine code, of whatever source; or a new one.
local function window_beside()
  for _, view in pairs(views) do
    for _, window in ipairs(vim.api.nvim_tabpage_list_wins(0)) do
      if vim.api.nvim_win_get_buf(window) == view.buffer then
        return window
      end
    end
  end
  local before = vim.api.nvim_get_current_win()
  vim.cmd('rightbelow vsplit')
  local window = vim.api.nvim_get_current_win()
  vim.api.nvim_set_current_win(before)
  return window
end

-- :LbtoolAssembly
function M.open()
  local source = vim.api.nvim_get_current_buf()
  if not lbtool.need_client(source) then
    return
  end
  if not view_of(source) then
    local window = window_beside()
    local buffer = vim.api.nvim_create_buf(false, true)
    local name = 'machine code of ' .. vim.fn.fnamemodify(vim.api.nvim_buf_get_name(source), ':t')
    pcall(vim.api.nvim_buf_set_name, buffer, name) -- of two with one name, the other has none
    vim.bo[buffer].bufhidden = 'wipe'
    views[source] = { buffer = buffer }
    watch(source)
    vim.api.nvim_win_set_buf(window, buffer)
    vim.bo[buffer].filetype = 'lbtool-asm'
    vim.wo[window].wrap = false
    vim.wo[window].number = false
  end
  M.refresh(source)
end

return M
