-- Finds for each page the URL under which its content was first seen.
--
-- KEYS[1]  head of the crawl
-- ARGV[1]  JSON array of pages, each { digest of what identifies it, digest of its URL, its URL }
-- ARGV[2]  digests that they name by number, one after the other
--
-- Returns the URLs. `:identity` is a hash from the digest of a page to the number of its URL, or the URL itself if it
-- was not seen then.

local digests = ARGV[2]
--@include head records settle

if not head.maxUrls then return NOT_OPENED end

local key = root .. ':identity'
local urls = {}
for i, page in ipairs(cjson.decode(ARGV[1])) do
  local identity, n, url = digest(page[1]), page[2], page[3]
  redis.call('HSETNX', key, identity, id_of(n) or url)
  local first = redis.call('HGET', key, identity)
  local id = tonumber(first)
  urls[i] = id and record(id)[URL] or first
end
save()
return urls
