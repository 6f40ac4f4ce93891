-- Reads the URLs that an amendment may move: pending ones, and those skipped for being excluded or too deep.
--
-- KEYS[1]  head of the crawl
-- ARGV[1]  number of the last URL that was looked at, 0 for the start
-- ARGV[2]  maximum number of URLs to look at, so that other clients need not wait long
--
-- Returns { number of the last URL that was looked at, number of seen URLs, then of each URL its number, URL, depth, by and
-- reason, '' for a pending one }.

--@include head records

if not head.maxUrls then return NOT_OPENED end

local last = tonumber(ARGV[1])
local until_id = math.min(head.found, last + tonumber(ARGV[2]))
local reply = { until_id, head.found }

local function may_move(row)
  if NAMES[row[STATE]] == 'pending' then return true end
  return row[STATE] == SKIPPED and (row[REASON] == 'excluded' or row[REASON] == 'too-deep')
end

local function look_at(id, row)
  if not may_move(row) then return end
  local reason = row[STATE] == SKIPPED and row[REASON] or ''
  for _, field in ipairs({ id, row[URL], row[DEPTH], row[BY], reason }) do reply[#reply + 1] = field end
end

while last < until_id do
  local key, index = place(last + 1)
  for _, packed in ipairs(redis.call('LRANGE', key, index, index + until_id - last - 1)) do
    last = last + 1
    look_at(last, cmsgpack.unpack(packed))
  end
end
return reply
