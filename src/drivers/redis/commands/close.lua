-- Ends the crawl early: what is pending counts as skipped from here on. Only the first reason is kept.
--
-- KEYS[1]  head of the crawl
-- ARGV[1]  reason
--
-- Returns nothing.

--@include head

if not head.maxUrls then return NOT_OPENED end

close(ARGV[1])
save_head()
