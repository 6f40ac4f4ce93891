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
