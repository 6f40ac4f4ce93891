-- Enters a new task into the index of tasks, if not too many wait. The record is made afterwards.
--
-- KEYS[1]  start of the index' keys
-- ARGV[1]  id
-- ARGV[2]  maximum number of waiting tasks
-- ARGV[3]  idempotency key, hashed, or '' for none
-- ARGV[4]  digest of the spec
--
-- Returns { id, number, digest } of this task or of the one that was entered under the key, or nil if too many wait.
-- Doing it again for the same id changes nothing.

--@include index

local id, max, key, digest = ARGV[1], tonumber(ARGV[2]), ARGV[3], ARGV[4]

local entry = key ~= '' and redis.call('GET', idempotency_key(key))
if entry then return { string.match(entry, '^(%S+) (%S+) (%S+)$') } end
local entered = redis.call('ZSCORE', ALL, id)
if entered then return { id, entered, digest } end
if redis.call('ZCARD', WAITING) >= max then return nil end
local newest = redis.call('ZREVRANGE', ALL, 0, 0, 'WITHSCORES')[2]
local n = string.format('%d', (newest or 0) + 1)
redis.call('ZADD', ALL, n, id)
redis.call('ZADD', OPEN, n, id)
redis.call('ZADD', WAITING, server_ms(), id)
if key ~= '' then
  redis.call('SET', idempotency_key(key), id .. ' ' .. n .. ' ' .. digest)
  redis.call('HSET', KEY_OF, id, key)
end
return { id, n, digest }
