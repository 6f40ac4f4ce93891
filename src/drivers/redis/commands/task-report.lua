-- Stores how far a task is. A participant that is not the leader may only move it forward.
--
-- KEYS[1]  head of the task's crawl
-- ARGV[1]  owner
-- ARGV[2]  progress, 0 to 100
-- ARGV[3]  message
--
-- Returns 1 if it was stored, 0 if the caller has no part in the task any more.

--@include head task

local owner, progress, message = ARGV[1], ARGV[2], ARGV[3]

local function is_helping()
  return task['helper:' .. owner] and task.status == 'in_progress' and tonumber(progress) >= tonumber(task.progress)
end

if not task or (task.owner ~= owner and not is_helping()) then return 0 end
set('progress', progress, 'message', message)
return 1
