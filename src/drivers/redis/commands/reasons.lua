-- Counts final states by reason.
--
-- KEYS[1]  head of the crawl
--
-- Returns reasons and counts, one after the other; nothing for an unknown crawl. What the close of the crawl skipped
-- bears its reason.

--@include head

local reasons = {}
local stored = redis.call('HGETALL', root .. ':reasons')
for i = 1, #stored, 2 do
  reasons[stored[i]] = tonumber(stored[i + 1])
end
if head.closed then
  reasons[head.closed] = (reasons[head.closed] or 0) + head.pending
end

local reply = {}
for reason, urls in pairs(reasons) do
  if urls > 0 then
    reply[#reply + 1] = reason
    reply[#reply + 1] = urls
  end
end
return reply
