-- Ends the part of a helper in a task.
--
-- KEYS[1]  head of the task's crawl
-- ARGV[1]  owner
--
-- Answers 1 if there still is such a task, or 0.

--@include head task

redis.call('HDEL', task_key, 'helper:' .. ARGV[1])
return task and 1 or 0
