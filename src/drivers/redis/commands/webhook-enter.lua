-- Enters a task into the outbox of webhooks, or enters it again after its end; it is due now unless someone serves it.
--
-- KEYS[1]  start of the keys of the outbox
-- ARGV[1]  task
-- ARGV[2]  state of a task with nothing delivered (JSON)
-- ARGV[3]  now (epoch ms)
--
-- Returns nothing. `:due` is a sorted set of tasks by when they are due (epoch ms), `:<task>` a hash of `state` and of the
-- `token` of who serves it.

local key = KEYS[1] .. ':' .. ARGV[1]
redis.call('HSETNX', key, 'state', ARGV[2])
redis.call('PERSIST', key)
local served = redis.call('HEXISTS', key, 'token') == 1 and redis.call('ZSCORE', KEYS[1] .. ':due', ARGV[1])
if not served then redis.call('ZADD', KEYS[1] .. ':due', ARGV[3], ARGV[1]) end
