-- Gives a task that waits to a run. Doing it again for the same run changes nothing.
--
-- KEYS[1]  head of the task's crawl
-- ARGV[1]  owner, the name of the run
-- ARGV[2]  now (epoch ms)
-- ARGV[3]  milliseconds that the run holds the task without a sign of life
--
-- Returns the record (shared/task.lua), or nil if the task is not to be run now.

--@include head task

local owner, now, lease_ms = ARGV[1], ARGV[2], ARGV[3]

local function is_free()
  return task.status == 'pending' and task.owner == '' and tonumber(task.notBefore) <= tonumber(now)
end

if not task then return nil end
if task.owner == owner then return task_record() end
if not is_free() then return nil end
set('status', 'in_progress', 'error', '', 'owner', owner, 'leaseEnd', server_ms() + lease_ms)
set('runAt', now, 'beatAt', now, 'settled', settled())
redis.call('HSETNX', task_key, 'startedAt', now)
return task_record()
