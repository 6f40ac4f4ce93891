-- Brings the index in line with the record of a task.
--
-- KEYS[1]  start of the index' keys
-- ARGV[1]  id
-- ARGV[2]  where it stands: waiting, later, running, paused or ended; 'forgotten' removes it and its idempotency key
-- ARGV[3]  number
-- ARGV[4]  earliest time of its next run (epoch ms)
-- ARGV[5]  seconds until it expires, or '' for a task that is not finished
--
-- Returns nothing.

--@include index

local id, place, n, not_before, seconds = unpack(ARGV)
local key = redis.call('HGET', KEY_OF, id)

local function keep_in(set, stands, score)
  if stands then redis.call('ZADD', set, 'NX', score, id) else redis.call('ZREM', set, id) end
end

local function forget()
  local entry = key and redis.call('GET', idempotency_key(key))
  if entry and string.match(entry, '^%S+') == id then redis.call('DEL', idempotency_key(key)) end
  redis.call('HDEL', KEY_OF, id)
  for _, set in ipairs({ ALL, OPEN, WAITING, LATER, RUNNING, ENDED }) do redis.call('ZREM', set, id) end
end

local function keep()
  local ended = place == 'ended'
  redis.call('ZADD', ALL, n, id)
  keep_in(OPEN, not ended, n)
  keep_in(WAITING, place == 'waiting' or place == 'later', server_ms())
  keep_in(LATER, place == 'later', not_before)
  keep_in(RUNNING, place == 'running', server_ms())
  keep_in(ENDED, ended, server_ms() + (tonumber(seconds) or 0) * 1000)
  if key and seconds ~= '' then redis.call('EXPIRE', idempotency_key(key), seconds) end
  if key and seconds == '' then redis.call('PERSIST', idempotency_key(key)) end
end

if place == 'forgotten' then forget() else keep() end
