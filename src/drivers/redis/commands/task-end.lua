-- Ends a run and settles its task, if that is still in progress. Nothing changes if the run has lost the task. A helper
-- only leaves the task.
--
-- KEYS[1]  head of the task's crawl
-- ARGV[1]  owner
-- ARGV[2]  now (epoch ms)
-- ARGV[3]  how it ended: completed, failed, retry or stopped; left for a helper
-- ARGV[4]  result or error (JSON)
-- ARGV[5]  message
-- ARGV[6]  earliest time of the next run (epoch ms), of a retry
-- ARGV[7]  seconds that the record of a finished task is kept
--
-- Returns the record (shared/task.lua), or nil if there is no such task.

--@include head task

local owner, now, kind, detail, message, not_before, seconds = unpack(ARGV)

local ENDS = {
  completed = function()
    set('result', detail, 'progress', 100)
    finish('completed', message, now, seconds)
  end,
  failed = function()
    set('error', detail)
    finish('failed', message, now, seconds)
  end,
  retry = function()
    set('status', 'pending', 'error', detail, 'notBefore', not_before, 'losses', 0)
    redis.call('HINCRBY', task_key, 'retries', 1)
  end,
  stopped = function() set('status', 'pending', 'losses', 0) end,
}

if not task then return nil end
if kind == 'left' then redis.call('HDEL', task_key, 'helper:' .. owner) end
if task.owner ~= owner then return task_record() end
set('owner', '', 'ranMs', task.ranMs + now - task.runAt)
if task.status == 'in_progress' then ENDS[kind]() end
return task_record()
