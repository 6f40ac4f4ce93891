-- Makes the record of a task, unless it is there already.
--
-- KEYS[1]   head of the task's crawl
-- ARGV[1…]  names and values of its fields, one after the other
--
-- Answers { fields of the record, counts of the crawl }.

--@include head task

if not task then set(unpack(ARGV)) end
return told()
