-- Tells who works on a task.
--
-- KEYS[1]  head of the task's crawl
--
-- Answers nil if there is no such task, or { owner or '', milliseconds of its lease that are left,
-- helper, milliseconds, … }.

--@include head task

if not task then return nil end
local now = server_ms()
local holders = { task.owner, tonumber(task.leaseEnd) - now }
for name, lease_end in pairs(task) do
  local helper = string.match(name, '^helper:(.*)$')
  if helper then
    holders[#holders + 1] = helper
    holders[#holders + 1] = tonumber(lease_end) - now
  end
end
return holders
