-- Changes the options of a paused task.
--
-- KEYS[1]  head of the task's crawl
-- ARGV[1]  how often the task was changed when the caller read it
-- ARGV[2]  all changes of options, those made before among them (JSON)
--
-- Returns the record (shared/task.lua); nil if there is no such task, 'not-paused' if it is not paused,
-- or 'changed' if it was changed since the caller read it.

--@include head task

if not task then return nil end
if task.status ~= 'paused' then return 'not-paused' end
if task.amendments ~= ARGV[1] then return 'changed' end
set('amendments', ARGV[1] + 1, 'changes', ARGV[2])
return task_record()
