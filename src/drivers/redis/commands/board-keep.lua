-- Saves the track of a paginated list, if it follows the saved one by one revision.
--
-- KEYS[1]  head of the crawl
-- ARGV[1]  pattern of the list
-- ARGV[2]  revision, 1 for a list without a saved track
-- ARGV[3]  JSON with that `revision`
--
-- Returns 1 if it was saved, 0 if it does not follow. `:boards` is a hash from the pattern to the JSON.

--@include head records settle

if not head.maxUrls then return NOT_OPENED end

local key = root .. ':boards'
local kept = redis.call('HGET', key, ARGV[1])
local revision = kept and cjson.decode(kept).revision or 0
if revision + 1 ~= tonumber(ARGV[2]) then return 0 end
redis.call('HSET', key, ARGV[1], ARGV[3])
save()
return 1
