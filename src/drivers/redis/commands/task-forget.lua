-- Removes tasks from the index, and their idempotency keys.
--
-- KEYS[1]   start of the index' keys
-- ARGV[1…]  ids
--
-- Answers nothing.

--@include index

for _, id in ipairs(ARGV) do
  local key = redis.call('HGET', KEY_OF, id)
  local known = key and redis.call('GET', idempotency_key(key))
  if known and string.match(known, '^%S+') == id then redis.call('DEL', idempotency_key(key)) end
end
redis.call('HDEL', KEY_OF, unpack(ARGV))
for _, set in ipairs({ ALL, OPEN, WAITING, LATER, RUNNING, ENDED }) do redis.call('ZREM', set, unpack(ARGV)) end
