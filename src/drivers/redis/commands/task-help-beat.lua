-- Shows that a helper lives.
--
-- KEYS[1]  head of the task's crawl
-- ARGV[1]  owner
-- ARGV[2]  milliseconds that it takes part without another sign of life
--
-- Answers the task's status, 'closed' if its crawl was ended, or nil if the helper has no part in it any more.

--@include head task

local field = 'helper:' .. ARGV[1]
if not task or not task[field] then return nil end
if head.closed then return 'closed' end
set(field, server_ms() + ARGV[2])
return task.status
