-- The machine code of a buffer in a window beside it, linked to where the cursor is.
local lbtool = require('lbtool')

local M = {}

local LINKED = vim.api.nvim_create_namespace('lbtool-linked')
local STALE = vim.api.nvim_create_namespace('lbtool-stale')

-- Source buffer -> { buffer = , lines = }
local views = {}

local function contains(range, row, column)
  local from, to = range.start, range['end']
  local after = row > from.line or (row == from.line and column >= from.character)
  local before = row < to.line or (row == to.line and column <= to.character)
  return after and before
end

local function inside(inner, outer)
  return contains(outer, inner.start.line, inner.start.character)
    and contains(outer, inner['end'].line, inner['end'].character)
end

-- Highlight the assembly of the smallest piece of source under the cursor.
local function link(source)
  local view = views[source]
  local row, column = unpack(vim.api.nvim_win_get_cursor(0))
  local best
  for _, each in ipairs(view.lines) do
    if contains(each.range, row - 1, column) and (not best or inside(each.range, best)) then
      best = each.range
    end
  end
  vim.api.nvim_buf_clear_namespace(view.buffer, LINKED, 0, -1)
  for _, each in ipairs(view.lines) do
    if best and vim.deep_equal(each.range, best) then
      vim.api.nvim_buf_add_highlight(view.buffer, LINKED, 'Visual', each.line, 0, -1)
    end
  end
end

local function show(source, answer)
  local view = views[source]
  if not (view and vim.api.nvim_buf_is_valid(view.buffer)) then
    return
  end
  view.lines = answer.lines
  vim.bo[view.buffer].modifiable = true
  vim.api.nvim_buf_set_lines(view.buffer, 0, -1, false, vim.split(answer.text, '\n'))
  vim.bo[view.buffer].modifiable = false
  for _, each in ipairs(answer.lines) do
    if each.stale then
      vim.api.nvim_buf_add_highlight(view.buffer, STALE, 'Comment', each.line, 0, -1)
    end
  end
  if vim.api.nvim_get_current_buf() == source then
    link(source)
  end
end

-- Fetch the assembly again; the server answers when it has followed the last edit.
function M.refresh(source)
  local params = { textDocument = { uri = vim.uri_from_bufnr(source) } }
  lbtool.request(source, 'lbtool/assembly', params, function(answer)
    show(source, answer)
  end)
end

local function watch(source)
  local group = vim.api.nvim_create_augroup('lbtool-assembly-' .. source, {})
  vim.api.nvim_create_autocmd({ 'TextChanged', 'TextChangedI' }, {
    group = group,
    buffer = source,
    callback = function()
      M.refresh(source)
    end,
  })
  vim.api.nvim_create_autocmd('CursorMoved', {
    group = group,
    buffer = source,
    callback = function()
      link(source)
    end,
  })
  vim.api.nvim_create_autocmd('BufWipeout', {
    group = group,
    buffer = views[source].buffer,
    callback = function()
      views[source] = nil
      vim.api.nvim_del_augroup_by_id(group)
    end,
  })
end

-- :LbtoolAssembly
function M.open()
  local source = vim.api.nvim_get_current_buf()
  if views[source] then
    return M.refresh(source)
  end
  local window = vim.api.nvim_get_current_win()
  vim.cmd('rightbelow vnew')
  local buffer = vim.api.nvim_get_current_buf()
  vim.bo[buffer].buftype = 'nofile'
  vim.bo[buffer].bufhidden = 'wipe'
  vim.bo[buffer].swapfile = false
  vim.bo[buffer].filetype = 'asm'
  vim.wo.wrap = false
  vim.api.nvim_set_current_win(window)
  views[source] = { buffer = buffer, lines = {} }
  watch(source)
  M.refresh(source)
end

return M
