-- Shows that a run lives.
--
-- KEYS[1]  head of the task's crawl
-- ARGV[1]  owner
-- ARGV[2]  now (epoch ms)
-- ARGV[3]  milliseconds that the run holds the task without another sign of life
--
-- Answers the task's status, or nil if the run has lost the task.

--@include head task

if not task or task.owner ~= ARGV[1] then return nil end
set('leaseEnd', server_ms() + ARGV[3], 'beatAt', ARGV[2])
return task.status
