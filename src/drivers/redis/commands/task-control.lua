-- Pauses, resumes or cancels a task, and says the same to the frontier of its crawl in the same step.
--
-- KEYS[1]  head of the task's crawl
-- ARGV[1]  pause, resume or cancel
-- ARGV[2]  now (epoch ms)
-- ARGV[3]  seconds that the record of a finished task is kept
--
-- Returns { 1 if anything changed or 0, the record (shared/task.lua) }, or nil if there is no such task.

--@include head task

local action, now, seconds = ARGV[1], ARGV[2], ARGV[3]

local MAY = {
  pause = { pending = true, in_progress = true },
  resume = { paused = true, failed = true },
  cancel = { pending = true, in_progress = true, paused = true },
}

local ACTIONS = {
  pause = function()
    redis.call('HSET', root, 'control', 'paused')
    set('status', 'paused')
  end,
  resume = function()
    redis.call('HSET', root, 'control', 'running')
    set('status', 'pending', 'notBefore', 0, 'error', '', 'losses', 0)
    redis.call('HDEL', task_key, 'finishedAt')
    redis.call('PERSIST', task_key)
  end,
  cancel = function()
    redis.call('HSET', root, 'control', 'cancelled')
    if head.maxUrls then
      close('cancelled')
      save_head()
    end
    finish('cancelled', 'Cancelled', now, seconds)
  end,
}

if not task then return nil end
local may = MAY[action][task.status]
if may then ACTIONS[action]() end
return { may and 1 or 0, task_record() }
