-- Hands back everything that an owner holds.
--
-- KEYS[1]  head of the crawl
-- ARGV[1]  owner
--
-- Returns how many URLs that were.

--@include head records settle

if not head.maxUrls then return NOT_OPENED end

local released = 0
local leases = redis.call('HGETALL', root .. ':leases')
for i = 1, #leases, 2 do
  if string.match(leases[i + 1], '^%S+ (.*)$') == ARGV[1] then
    settle(tonumber(leases[i]), AGAIN, {})
    released = released + 1
  end
end
save()
return released
