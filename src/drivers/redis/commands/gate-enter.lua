-- Starts visits to a host, if the host is open.
--
-- KEYS[1]   start of the gate's keys
-- ARGV[1]   now (epoch ms)
-- ARGV[2]   host
-- ARGV[3]   maximum number of visits open at once
-- ARGV[4]   milliseconds from the start of one visit to the start of the next
-- ARGV[5]   milliseconds until the tickets run out
-- ARGV[6…]  a ticket for each visit, of one owner
--
-- Returns { 'open', how many of the tickets hold, from the first on }, or { 'shut', when the host may be visited (epoch ms) or nil if another visit must end first }.

--@include gate

local now, host, max, delay, ttl =
  tonumber(ARGV[1]), ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local requested = #ARGV - 5
local times = redis.call('HMGET', host_key(host), 'nextAt', 'holdUntil')
local opens_at = math.max(tonumber(times[1]) or 0, tonumber(times[2]) or 0)
if opens_at > now then return { 'shut', string.format('%.0f', opens_at) } end

redis.call('ZREMRANGEBYSCORE', visits_key(host), '-inf', '(' .. ARGV[1])
-- With a delay, visits start one after another.
local room = math.min(delay > 0 and 1 or requested, max - redis.call('ZCARD', visits_key(host)))
if room <= 0 then return { 'shut' } end

local tickets_key = owner_key(owner_of(ARGV[#ARGV]))
for i = 6, 5 + room do
  redis.call('ZADD', visits_key(host), now + ttl, ARGV[i])
  redis.call('HSET', tickets_key, ARGV[i], host)
end
keep(visits_key(host), ttl)
keep(tickets_key, ttl)
if delay > 0 then
  redis.call('HSET', host_key(host), 'nextAt', now + delay)
  keep(host_key(host), delay)
end
return { 'open', room }
