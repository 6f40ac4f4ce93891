-- What may be claimed, per host. Needs: head, records.
--
-- `:queue:<host>:<depth>`  list        numbers of READY URLs, never claimed, in the order of discovery
-- `:queue:<host>:again`    sorted set  numbers of AGAIN URLs, which came back, by rank
-- `:queues`                sorted set  the queues that are not empty (`<host>:<depth>`), by the rank of their first URL
--
-- A READY URL that is settled or met at another depth stays in its list and is passed over when its turn comes.

local DEEPEST = 2 ^ 20 - 1
local ROOM_PER_DEPTH = 2 ^ 33
local PUSHED_AT_ONCE = 1000

local pushed = {}
local touched = {}

-- Shallowest first, then in the order of discovery; exact in the doubles of a sorted set.
local function rank(depth, id)
  return math.min(depth, DEEPEST) * ROOM_PER_DEPTH + id
end

local function push(id)
  local name = records[id][HOST] .. ':' .. records[id][DEPTH]
  pushed[name] = pushed[name] or {}
  table.insert(pushed[name], id)
  touched[name] = true
end

local function push_again(id)
  local name = record(id)[HOST] .. ':again'
  redis.call('ZADD', queue_key(name), rank(record(id)[DEPTH], id), id)
  touched[name] = true
end

local function take_again(id)
  local name = record(id)[HOST] .. ':again'
  redis.call('ZREM', queue_key(name), id)
  touched[name] = true
end

local function first_rank(name)
  local depth = tonumber(string.match(name, ':(%d+)$'))
  if not depth then return redis.call('ZRANGE', queue_key(name), 0, 0, 'WITHSCORES')[2] end
  local id = redis.call('LINDEX', queue_key(name), 0)
  return id and rank(depth, tonumber(id))
end

local function refresh(name)
  local first = first_rank(name)
  if first then
    redis.call('ZADD', root .. ':queues', first, name)
    grown[#grown + 1] = queue_key(name)
  else
    redis.call('ZREM', root .. ':queues', name)
  end
end

local function save_queues()
  for name, ids in pairs(pushed) do
    for from = 1, #ids, PUSHED_AT_ONCE do
      redis.call('RPUSH', queue_key(name), unpack(ids, from, math.min(#ids, from + PUSHED_AT_ONCE - 1)))
    end
  end
  for name in pairs(touched) do refresh(name) end
  pushed, touched = {}, {}
end

-- Moves of URLs from state to state, with everything that must keep in step. Needs: head, records.
--
-- `:waiting`  sorted set  numbers of WAITING URLs by the end of their backoff (epoch ms)
-- `:active`   sorted set  numbers of ACTIVE URLs by the end of their lease (epoch ms)
-- `:leases`   hash        number of an ACTIVE URL → its lease and its owner, with a space between
-- `:reasons`  hash        reason → how many failed and skipped URLs bear it

local function count_reason(row, change)
  if row[STATE] == FAILED or row[STATE] == SKIPPED then
    redis.call('HINCRBY', root .. ':reasons', row[REASON], change)
  end
end

local function leave(id, row)
  if row[STATE] == AGAIN then
    take_again(id)
  elseif row[STATE] == WAITING then
    redis.call('ZREM', root .. ':waiting', id)
  elseif row[STATE] == ACTIVE then
    redis.call('ZREM', root .. ':active', id)
    redis.call('HDEL', root .. ':leases', id)
  end
  count(row[STATE], row[REOPENED], -1)
  count_reason(row, -1)
end

-- A URL that leaves DONE for a state that is not final is reopened, until it is final again.
local function is_reopened(row, state)
  if state == DONE or state == FAILED or state == SKIPPED then return 0 end
  return row[STATE] == DONE and 1 or row[REOPENED]
end

-- `about` may hold reason, detail, target, status and a new depth; what it does not hold of the first four is emptied.
local function settle(id, state, about)
  local row = record(id)
  leave(id, row)
  row[REOPENED] = is_reopened(row, state)
  row[STATE] = state
  row[REASON], row[DETAIL], row[TARGET] = about.reason or '', about.detail or '', about.target or ''
  row[STATUS] = about.status or ''
  row[DEPTH] = about.depth or row[DEPTH]
  changed[id] = true
  count(state, row[REOPENED], 1)
  count_reason(row, 1)
  if state == AGAIN then push_again(id) end
end

local function wait(id, not_before, about)
  settle(id, WAITING, about)
  redis.call('ZADD', root .. ':waiting', not_before, id)
end

-- Keys that are made after the crawl's expiry was set expire with the others.
local function expire_grown()
  for _, key in ipairs(fixed_keys()) do redis.call('PEXPIREAT', key, head.expiresAt) end
  for _, key in ipairs(grown) do redis.call('PEXPIREAT', key, head.expiresAt) end
end

local function save()
  save_records()
  save_queues()
  save_head()
  if head.expiresAt then expire_grown() end
end
