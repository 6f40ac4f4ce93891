-- Appends events to a task's log and notifies its watchers. Ids are numbered without gaps from 1.
--
-- KEYS[1]  stream of the events; also the name of the channel that gets the number of the last one
-- ARGV[1]  events to keep, about
-- ARGV[2]  time of the events (epoch ms)
-- ARGV[3…] type and data (JSON) of each event, one after the other
--
-- Returns the number of the last event.

local newest = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
local n = newest and tonumber(string.match(newest[1], '^%d+')) or 0
for i = 3, #ARGV, 2 do
  n = n + 1
  redis.call('XADD', KEYS[1], n .. '-0', 'type', ARGV[i], 'at', ARGV[2], 'data', ARGV[i + 1])
end
redis.call('XTRIM', KEYS[1], 'MAXLEN', '~', ARGV[1])
redis.call('PUBLISH', KEYS[1], n)
return n
