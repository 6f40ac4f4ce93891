-- Begins an amendment: sets the limits, and goes on with a crawl that the limit of pages had ended, if there is room now.
--
-- KEYS[1]  head of the crawl
-- ARGV[1]  number of the amendment
-- ARGV[2]  maximum number of pages done, or '' for no limit
-- ARGV[3]  maximum number of seen URLs
-- ARGV[4]  maximum depth in clicks from the seed, or '' for no limit
--
-- Returns 1, or 0 if this amendment was applied to the end before.

--@include head

if not head.maxUrls then return NOT_OPENED end

if tonumber(redis.call('HGET', root, 'revision') or 0) >= tonumber(ARGV[1]) then return 0 end
redis.call('HSET', root, 'maxPages', ARGV[2], 'maxUrls', ARGV[3], 'maxDepth', ARGV[4])
head.maxPages = tonumber(ARGV[2])
if head.closed == 'limit-pages' and has_room() then head.closed = nil end
save_head()
return 1
