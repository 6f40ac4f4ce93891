-- Lets everything that is known of a crawl vanish at one moment, in steps.
--
-- KEYS[1]  head of the crawl
-- ARGV[1]  seconds from the first step on
-- ARGV[2]  first list of records of this step, 0 in the first step
-- ARGV[3]  lists of records per step
--
-- Answers the first list of the next step, or -1 after the last.

--@include head keys records

local first = tonumber(ARGV[2])
local lists = math.ceil(head.found / CHUNK)

local function begin()
  local time = redis.call('TIME')
  head.expiresAt = math.floor(time[1] * 1000 + time[2] / 1000) + ARGV[1] * 1000
  redis.call('HSET', root, 'expiresAt', head.expiresAt)
  redis.call('PEXPIREAT', root, head.expiresAt)
  for _, key in ipairs(fixed_keys()) do redis.call('PEXPIREAT', key, head.expiresAt) end
  for _, name in ipairs(redis.call('ZRANGE', root .. ':queues', 0, -1)) do
    redis.call('PEXPIREAT', queue_key(name), head.expiresAt)
  end
end

if redis.call('EXISTS', root) == 0 then return -1 end
if first == 0 then begin() end
local next_list = math.min(lists, first + ARGV[3])
for n = first, next_list - 1 do redis.call('PEXPIREAT', list_key(n), head.expiresAt) end
return next_list < lists and next_list or -1
