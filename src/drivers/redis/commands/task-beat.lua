-- Shows that a run lives, whether it leads the task or helps with it.
--
-- KEYS[1]  head of the task's crawl
-- ARGV[1]  owner
-- ARGV[2]  now (epoch ms)
-- ARGV[3]  milliseconds that the lease lasts without another heartbeat
--
-- Returns the task's status, or nil if the run has lost the task, or helps with a crawl that was closed.

--@include head task

local owner, now, lease_ms = ARGV[1], ARGV[2], ARGV[3]
local helper = 'helper:' .. owner

if not task then return nil end
if task.owner == owner then
  set('leaseEnd', server_ms() + lease_ms, 'beatAt', now)
elseif task[helper] and not head.closed then
  set(helper, server_ms() + lease_ms)
else
  return nil
end
return task.status
