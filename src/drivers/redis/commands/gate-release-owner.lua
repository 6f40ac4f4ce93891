-- Ends every visit of an owner.
--
-- KEYS[1]  start of the gate's keys
-- ARGV[1]  owner
--
-- Returns nothing.

--@include gate

local tickets = redis.call('HGETALL', owner_key(ARGV[1]))
for i = 1, #tickets, 2 do redis.call('ZREM', visits_key(tickets[i + 1]), tickets[i]) end
redis.call('UNLINK', owner_key(ARGV[1]))
