-- Reads the record of a task, after making it if the caller names its fields and there is none.
--
-- KEYS[1]   head of the task's crawl
-- ARGV[1…]  names and values of the fields of a new record, one after the other; none to read alone
--
-- Returns the record (shared/task.lua), or nil if there is no such task.

--@include head task

if not task and #ARGV == 0 then return nil end
if not task then set(unpack(ARGV)) end
return task_record()
