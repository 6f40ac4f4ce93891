-- Hands claims back unvisited; the attempt does not count.
--
-- KEYS[1]  head of the crawl
-- ARGV[1]  JSON array of claims, each { digest, lease }
-- ARGV[2]  digests that they name by number, one after the other
-- ARGV[3]  when they may be claimed again (epoch ms)
--
-- Returns nothing.

local digests = ARGV[2]
--@include head records settle

if not head.maxUrls then return NOT_OPENED end

for _, claim in ipairs(cjson.decode(ARGV[1])) do
  local id = held(claim[1], claim[2])
  if id then
    record(id)[ATTEMPTS] = record(id)[ATTEMPTS] - 1
    wait(id, ARGV[3], {})
  end
end
save()
