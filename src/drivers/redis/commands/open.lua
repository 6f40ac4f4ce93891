-- Opens the frontier of a crawl under new limits, making it if it does not exist.
--
-- KEYS[1]  head of the crawl
-- ARGV[1]  maximum number of pages done, or '' for no limit
-- ARGV[2]  maximum number of seen URLs
-- ARGV[3]  maximum depth in clicks from the seed, or '' for no limit
--
-- Returns 1, or 0 if the crawl is being dropped: then the drop must be brought to its end first.

if redis.call('HEXISTS', KEYS[1], 'dropping') == 1 then return 0 end
redis.call('HSET', KEYS[1], 'maxPages', ARGV[1], 'maxUrls', ARGV[2], 'maxDepth', ARGV[3])
return 1
