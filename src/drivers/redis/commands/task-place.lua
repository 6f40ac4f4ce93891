-- Brings the index in line with the record of a task.
--
-- KEYS[1]  start of the index' keys
-- ARGV[1]  id
-- ARGV[2]  number
-- ARGV[3]  where it stands: waiting, later, running, paused or ended
-- ARGV[4]  earliest time of its next run (epoch ms)
-- ARGV[5]  seconds until it vanishes, or '' for a task that is not finished
--
-- Answers nothing.

--@include index

local id, n, place, not_before, seconds = unpack(ARGV)

local function keep_in(set, stands, score)
  if stands then redis.call('ZADD', set, 'NX', score, id) else redis.call('ZREM', set, id) end
end

local ended = place == 'ended'
redis.call('ZADD', ALL, n, id)
keep_in(OPEN, not ended, n)
keep_in(WAITING, place == 'waiting' or place == 'later', server_ms())
keep_in(LATER, place == 'later', not_before)
keep_in(RUNNING, place == 'running', server_ms())
keep_in(ENDED, ended, server_ms() + (tonumber(seconds) or 0) * 1000)
local key = redis.call('HGET', KEY_OF, id)
if key and seconds ~= '' then redis.call('EXPIRE', idempotency_key(key), seconds) end
if key and seconds == '' then redis.call('PERSIST', idempotency_key(key)) end
