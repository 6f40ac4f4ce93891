-- Asks for a visit to a host.
--
-- KEYS[1]  start of the gate's keys
-- ARGV[1]  now (epoch ms)
-- ARGV[2]  host
-- ARGV[3]  visits open at once, at most
-- ARGV[4]  milliseconds from the start of one visit to the start of the next
-- ARGV[5]  milliseconds until the ticket runs out
-- ARGV[6]  ticket
--
-- Answers { 'open' }, or { 'shut', when the host may be visited (epoch ms) or nil if another visit must end first }.

--@include gate

local now, host, most, delay, ttl, ticket =
  tonumber(ARGV[1]), ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5]), ARGV[6]
local times = redis.call('HMGET', host_key(host), 'nextAt', 'holdUntil')
local opens_at = math.max(tonumber(times[1]) or 0, tonumber(times[2]) or 0)
if opens_at > now then return { 'shut', string.format('%.0f', opens_at) } end

redis.call('ZREMRANGEBYSCORE', visits_key(host), '-inf', '(' .. ARGV[1])
if redis.call('ZCARD', visits_key(host)) >= most then return { 'shut' } end

redis.call('ZADD', visits_key(host), now + ttl, ticket)
keep(visits_key(host), ttl)
redis.call('HSET', owner_key(owner_of(ticket)), ticket, host)
keep(owner_key(owner_of(ticket)), ttl)
if delay > 0 then
  redis.call('HSET', host_key(host), 'nextAt', now + delay)
  keep(host_key(host), delay)
end
return { 'open' }
