-- Keeps a host shut at least until then.
--
-- KEYS[1]  start of the gate's keys
-- ARGV[1]  now (epoch ms)
-- ARGV[2]  host
-- ARGV[3]  until (epoch ms)
--
-- Returns nothing.

--@include gate

local now, key, until_time = tonumber(ARGV[1]), host_key(ARGV[2]), tonumber(ARGV[3])
local held_until = tonumber(redis.call('HGET', key, 'holdUntil')) or 0
if until_time > math.max(now, held_until) then
  redis.call('HSET', key, 'holdUntil', until_time)
  keep(key, until_time - now)
end
