-- Hands out the shallowest URLs of the hosts that may be visited; of equally deep ones those that were found first.
--
-- KEYS[1]   head of the crawl
-- ARGV[1]   now (epoch ms)
-- ARGV[2]   end of the leases (epoch ms)
-- ARGV[3]   start of the leases, without spaces; the n-th one ends with `-n`, from 1
-- ARGV[4]   owner
-- ARGV[5]   maximum number of URLs
-- ARGV[6…]  hosts that may not be visited now
--
-- Returns { 'pages', { url, host, depth, attempt, spellings with spaces between, if any }, … }, { 'wait', end of the next backoff or nil }, { 'paused' },
-- { 'cancelled' }, { 'finished' }, or { 'again' } where so many URLs had to be passed over that others must have their turn.

--@include head records settle

if not head.maxUrls then return NOT_OPENED end

local MAX_BROUGHT_BACK = 500
local QUEUES_AT_ONCE = 32
local URLS_AT_ONCE = 64
local MAX_PASSES = 50

local now, lease_end, lease, owner, max = ARGV[1], ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[5])

-- Backoffs that have ended and leases that have run out make their URLs claimable again.
local function bring_back(key, latest)
  local ids = redis.call('ZRANGEBYSCORE', root .. key, '-inf', latest, 'LIMIT', 0, MAX_BROUGHT_BACK)
  for _, id in ipairs(ids) do settle(tonumber(id), AGAIN, {}) end
end

local function excepted_hosts()
  local excepted = {}
  for i = 6, #ARGV do
    local id = redis.call('HGET', root .. ':hosts', ARGV[i])
    if id then excepted[id] = true end
  end
  return excepted
end

-- The queue whose first URL comes first, among the hosts that may be visited.
local function first_queue(excepted)
  for from = 0, math.huge, QUEUES_AT_ONCE do
    local names = redis.call('ZRANGE', root .. ':queues', from, from + QUEUES_AT_ONCE - 1)
    for _, name in ipairs(names) do
      if not excepted[string.match(name, '^%d+')] then return name end
    end
    if #names < QUEUES_AT_ONCE then return nil end
  end
end

local function is_ready(id)
  return record(tonumber(id))[STATE] == READY
end

-- Removes URLs from the front of a list that were settled or moved elsewhere while they stood in it.
local function pass_over(name)
  local ids = redis.call('LRANGE', queue_key(name), 0, URLS_AT_ONCE - 1)
  local stale = 0
  while stale < #ids and not is_ready(ids[stale + 1]) do stale = stale + 1 end
  redis.call('LTRIM', queue_key(name), stale, -1)
  refresh(name)
end

local function first_of(name)
  if string.match(name, ':again$') then return redis.call('ZRANGE', queue_key(name), 0, 0)[1] end
  local id = redis.call('LINDEX', queue_key(name), 0)
  if is_ready(id) then return id end
end

-- The URL to hand out, or nil; and whether the search was broken off.
local function take_first(excepted)
  for _ = 1, MAX_PASSES do
    local name = first_queue(excepted)
    if not name then return nil, false end
    local id = first_of(name)
    if id then
      if is_ready(id) then redis.call('LPOP', queue_key(name)) end
      touched[name] = true
      return tonumber(id), false
    end
    pass_over(name)
  end
  return nil, true
end

local function hand_out(id, n)
  local row = record(id)
  row[ATTEMPTS] = row[ATTEMPTS] + 1
  settle(id, ACTIVE, {})
  redis.call('ZADD', root .. ':active', lease_end, id)
  redis.call('HSET', root .. ':leases', id, lease .. '-' .. n .. ' ' .. owner)
  return { row[URL], host_name(row[HOST]), row[DEPTH], row[ATTEMPTS], row[SPELLINGS] }
end

local function hand_out_pages()
  if finished() then return { 'finished' } end
  local excepted = excepted_hosts()
  local pages, broken_off = { 'pages' }, false
  while #pages <= max and has_room() do
    local id
    id, broken_off = take_first(excepted)
    if not id then break end
    pages[#pages + 1] = hand_out(id, #pages)
    save_queues()
  end
  if #pages > 1 then return pages end
  if broken_off then return { 'again' } end
  return { 'wait', redis.call('ZRANGE', root .. ':waiting', 0, 0, 'WITHSCORES')[2] }
end

if head.control ~= 'running' then return { head.control } end
bring_back(':waiting', now)
bring_back(':active', '(' .. now)
save_queues()
close_if_full()
local reply = hand_out_pages()
save()
return reply
