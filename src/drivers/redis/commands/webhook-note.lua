-- Saves what became of a turn, if it has not passed to someone else.
--
-- KEYS[1]  start of the keys of the outbox
-- ARGV[1]  task
-- ARGV[2]  proof of the lease
-- ARGV[3]  new state (JSON)
-- ARGV[4]  when the task is due again (epoch ms), or '' for never
-- ARGV[5]  1 to keep the lease until then, 0 to release it
-- ARGV[6]  seconds that the state of an ended task is kept
--
-- Returns 1, or 0 if the lease has passed to someone else.

local key, due = KEYS[1] .. ':' .. ARGV[1], KEYS[1] .. ':due'
if redis.call('HGET', key, 'token') ~= ARGV[2] then return 0 end
redis.call('HSET', key, 'state', ARGV[3])
if ARGV[5] == '0' then redis.call('HDEL', key, 'token') end
if ARGV[4] == '' then
  redis.call('ZREM', due, ARGV[1])
  redis.call('EXPIRE', key, ARGV[6])
else
  redis.call('ZADD', due, ARGV[4], ARGV[1])
end
return 1
