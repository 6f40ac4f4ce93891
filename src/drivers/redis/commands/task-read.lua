-- Reads the record of a task together with the counts of its crawl.
--
-- KEYS[1]  head of the task's crawl
--
-- Answers { fields of the record, counts of the crawl }, or nil if there is no such task.

--@include head task

return task and told()
