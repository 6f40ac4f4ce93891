-- Ends a visit to a host. A ticket for another host changes nothing.
--
-- KEYS[1]  start of the gate's keys
-- ARGV[1]  host
-- ARGV[2]  ticket
--
-- Answers nothing.

--@include gate

local host, ticket = ARGV[1], ARGV[2]
if redis.call('ZREM', visits_key(host), ticket) == 1 then
  redis.call('HDEL', owner_key(owner_of(ticket)), ticket)
end
