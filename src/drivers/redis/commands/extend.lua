-- Prolongs leases.
--
-- KEYS[1]  head of the crawl
-- ARGV[1]  JSON array of claims, each { digest, lease }
-- ARGV[2]  digests that they name by number, one after the other
-- ARGV[3]  new end of the leases (epoch ms)
--
-- Returns the numbers, from 0, of the claims whose lease has passed to someone else.

local digests = ARGV[2]
--@include head records

if not head.maxUrls then return NOT_OPENED end

local lost = {}
for i, claim in ipairs(cjson.decode(ARGV[1])) do
  local id = held(claim[1], claim[2])
  if id then
    redis.call('ZADD', root .. ':active', ARGV[3], id)
  else
    lost[#lost + 1] = i - 1
  end
end
return lost
