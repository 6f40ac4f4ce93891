-- Ends visits to a host. A ticket for another host changes nothing.
--
-- KEYS[1]   start of the gate's keys
-- ARGV[1]   host
-- ARGV[2…]  tickets
--
-- Returns nothing.

--@include gate

local host = ARGV[1]
for i = 2, #ARGV do
  local ticket = ARGV[i]
  if redis.call('ZREM', visits_key(host), ticket) == 1 then
    redis.call('HDEL', owner_key(owner_of(ticket)), ticket)
  end
end
