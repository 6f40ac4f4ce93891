-- Ends an amendment, and notes it as applied unless pages are being visited: what they find may follow the rules before it.
--
-- KEYS[1]  head of the crawl
-- ARGV[1]  number of the amendment
--
-- Returns nothing.

--@include head

if not head.maxUrls then return NOT_OPENED end

close_if_full()
save_head()
if head.active == 0 then redis.call('HSET', root, 'revision', ARGV[1]) end
