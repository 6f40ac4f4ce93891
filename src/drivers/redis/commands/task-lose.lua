-- Takes a task from a run whose process died. The time up to its last heartbeat counts. A task fails when too many runs
-- in a row are lost without a settled page.
--
-- KEYS[1]  head of the task's crawl
-- ARGV[1]  owner
-- ARGV[2]  now (epoch ms)
-- ARGV[3]  losses in a row that are allowed
-- ARGV[4]  error for a task that has failed (JSON)
-- ARGV[5]  message for a task that has failed
-- ARGV[6]  seconds that the record of a finished task is kept
--
-- Returns the record (shared/task.lua), or nil if the run does not hold the task.

--@include head task

local owner, now, allowed, failure, message, seconds = unpack(ARGV)

if not task or task.owner ~= owner then return nil end
local losses = settled() > tonumber(task.settled) and 0 or task.losses + 1
set('owner', '', 'ranMs', task.ranMs + task.beatAt - task.runAt, 'losses', losses)
if task.status == 'in_progress' then
  if losses > tonumber(allowed) then
    set('error', failure)
    finish('failed', message, now, seconds)
  else
    set('status', 'pending')
  end
end
return task_record()
