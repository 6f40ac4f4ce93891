-- Sets when all keys of a crawl expire, in steps.
--
-- KEYS[1]  head of the crawl
-- ARGV[1]  seconds from the first step on, or '' for never
-- ARGV[2]  first list of records of this step, 0 in the first step
-- ARGV[3]  lists of records per step
--
-- Returns the first list of the next step, or -1 after the last.

--@include head records

local first = tonumber(ARGV[2])
local lists = math.ceil(head.found / CHUNK)

local function limit(key)
  if head.expiresAt then redis.call('PEXPIREAT', key, head.expiresAt) else redis.call('PERSIST', key) end
end

local function set_time()
  if ARGV[1] == '' then
    head.expiresAt = nil
    redis.call('HDEL', root, 'expiresAt')
    return
  end
  local time = redis.call('TIME')
  head.expiresAt = math.floor(time[1] * 1000 + time[2] / 1000) + ARGV[1] * 1000
  redis.call('HSET', root, 'expiresAt', head.expiresAt)
end

local function begin()
  set_time()
  limit(root)
  for _, key in ipairs(fixed_keys()) do limit(key) end
  for _, name in ipairs(redis.call('ZRANGE', root .. ':queues', 0, -1)) do limit(queue_key(name)) end
end

if redis.call('EXISTS', root) == 0 then return -1 end
if first == 0 then begin() end
local next_list = math.min(lists, first + ARGV[3])
for n = first, next_list - 1 do limit(list_key(n)) end
return next_list < lists and next_list or -1
