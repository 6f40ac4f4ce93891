-- Adds discoveries that are not known; what is known may be met on a shorter way.
--
-- KEYS[1]  head of the crawl
-- ARGV[1]  JSON array of discoveries (shared/discover.lua)
-- ARGV[2]  digests that they name by number, one after the other
--
-- Returns { added, known, dropped because the crawl knows as many URLs as it may }.

local digests = ARGV[2]
--@include head records settle discover

if not head.maxUrls then return NOT_OPENED end

local added, known, overflow = discover(cjson.decode(ARGV[1]), 0)
save()
return { added, known, overflow }
