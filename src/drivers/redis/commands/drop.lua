-- Removes a crawl in steps. From the first step on it counts as not opened.
--
-- KEYS[1]  head of the crawl
-- ARGV[1]  maximum number of lists of records to remove in this step
--
-- Returns 1 when all is removed, 0 when there is more to remove.

--@include head records

if redis.call('EXISTS', root) == 0 then return 1 end
redis.call('HDEL', root, 'maxUrls')
local lists = math.ceil(head.found / CHUNK)
local left = math.max(0, lists - tonumber(ARGV[1]))
for n = left, lists - 1 do redis.call('UNLINK', list_key(n)) end
if left > 0 then
  redis.call('HSET', root, 'dropping', 1, 'found', left * CHUNK)
  return 0
end
for _, name in ipairs(redis.call('ZRANGE', root .. ':queues', 0, -1)) do redis.call('UNLINK', queue_key(name)) end
redis.call('UNLINK', root, unpack(fixed_keys()))
return 1
