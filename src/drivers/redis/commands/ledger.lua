-- Reads lines of the ledger in the order of discovery.
--
-- KEYS[1]  head of the crawl
-- ARGV[1]  number of the last URL that was looked at, 0 for the start
-- ARGV[2]  maximum number of lines
-- ARGV[3]  state to filter by, or '' for any
-- ARGV[4]  maximum number of URLs to look at, so that other clients need not wait long
--
-- Returns { number of the last URL that was looked at, number of seen URLs, lines… }; a line is { state, reason, detail,
-- target, depth, by, URL it was found on, attempts, url, HTTP status } with '' for what there is not. Empty for an unknown
-- crawl.

--@include head records

local last, max_lines, wanted = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3]
local until_id = math.min(head.found, last + tonumber(ARGV[4]))
local lines = 0
local reply = { last, head.found }

local function line(row)
  local state, parent = shown(row[STATE], row[REOPENED]), row[PARENT]
  local reason = state == 'skipped' and row[STATE] ~= SKIPPED and head.closed or row[REASON]
  if state == 'done' then reason = '' end
  local found_on = parent > 0 and record(parent)[URL] or ''
  return {
    state, reason, row[DETAIL], row[TARGET], row[DEPTH], row[BY], found_on, row[ATTEMPTS], row[URL],
    row[STATUS] or '',
  }
end

local function look_at(packed)
  last = last + 1
  if wanted ~= '' and shown(string.byte(packed, 2, 3)) ~= wanted then return end
  lines = lines + 1
  reply[lines + 2] = line(cmsgpack.unpack(packed))
end

while last < until_id and lines < max_lines do
  local key, index = place(last + 1)
  local upto = wanted == '' and index + max_lines - lines - 1 or -1
  for _, packed in ipairs(redis.call('LRANGE', key, index, upto)) do
    if lines < max_lines then look_at(packed) end
  end
end
reply[1] = last
return reply
