-- :checkhealth lbtool
local lbtool = require('lbtool')

local M = {}

-- Names of the reports before 0.10.
local function report(kind)
  return vim.health and vim.health[kind] or require('health')['report_' .. kind]
end

function M.check()
  report('start')('lbtool')
  local program = lbtool.options.cmd[1]
  if vim.fn.executable(program) ~= 1 then
    report('error')(("there is no program '%s' on the PATH"):format(program), {
      'pip install PATH/TO/lbtool, into an environment that is on the PATH of Neovim, or',
      "require('lbtool').setup({ cmd = { 'PATH/TO/.venv/bin/lbtool', 'lsp' } })",
    })
    return
  end
  local version = vim.fn.systemlist({ program, '--version' })
  if vim.v.shell_error == 0 then
    report('ok')(('%s: %s'):format(vim.fn.exepath(program), version[1]))
  else
    report('error')(program .. ' --version fails: ' .. table.concat(version, ' '))
  end
end

return M
