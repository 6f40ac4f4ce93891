-- Adds URLs that were not seen before; a seen URL may be met at a smaller depth.
--
-- KEYS[1]  head of the crawl
-- ARGV[1]  JSON array of discoveries (shared/discover.lua)
-- ARGV[2]  digests that they name by number, one after the other
--
-- Returns { added, seen before, dropped because the crawl is at its limit of URLs }.

local digests = ARGV[2]
--@include head records settle discover

if not head.maxUrls then return NOT_OPENED end

local added, seen, overflow = discover(cjson.decode(ARGV[1]), 0)
save()
return { added, seen, overflow }
