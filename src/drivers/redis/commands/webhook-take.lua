-- Hands out tasks that are due, each under a lease: until its end they are not due.
--
-- KEYS[1]  start of the keys of the outbox
-- ARGV[1]  now (epoch ms)
-- ARGV[2]  end of the leases (epoch ms)
-- ARGV[3…] proofs of the leases, one per task, which is the maximum number of tasks
--
-- Returns tasks and their states, one after the other, in the order of the proofs.

local due = KEYS[1] .. ':due'
local reply = {}
local tasks = redis.call('ZRANGEBYSCORE', due, '-inf', ARGV[1], 'LIMIT', 0, #ARGV - 2)
for i, task in ipairs(tasks) do
  local key = KEYS[1] .. ':' .. task
  redis.call('ZADD', due, ARGV[2], task)
  redis.call('HSET', key, 'token', ARGV[i + 2])
  reply[#reply + 1] = task
  reply[#reply + 1] = redis.call('HGET', key, 'state')
end
return reply
