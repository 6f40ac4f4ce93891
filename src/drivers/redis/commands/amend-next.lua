-- Reads the URLs that an amendment may move: pending ones, and those skipped for being excluded or too deep.
--
-- KEYS[1]  head of the crawl
-- ARGV[1]  number of the last URL that was looked at, 0 for the start
-- ARGV[2]  most URLs to look at, so that other clients need not wait long
--
-- Returns { number of the last URL that was looked at, how many are known, then of each URL its number, URL, depth, by and
-- reason, '' for a pending one }.

--@include head records

if not head.maxUrls then return NOT_OPENED end

local last = tonumber(ARGV[1])
local until_id = math.min(head.found, last + tonumber(ARGV[2]))
local answer = { until_id, head.found }

local function may_move(known)
  if NAMES[known[STATE]] == 'pending' then return true end
  return known[STATE] == SKIPPED and (known[REASON] == 'excluded' or known[REASON] == 'too-deep')
end

local function look_at(id, known)
  if not may_move(known) then return end
  local reason = known[STATE] == SKIPPED and known[REASON] or ''
  for _, field in ipairs({ id, known[URL], known[DEPTH], known[BY], reason }) do answer[#answer + 1] = field end
end

while last < until_id do
  local key, index = place(last + 1)
  for _, packed in ipairs(redis.call('LRANGE', key, index, index + until_id - last - 1)) do
    last = last + 1
    look_at(last, cmsgpack.unpack(packed))
  end
end
return answer
