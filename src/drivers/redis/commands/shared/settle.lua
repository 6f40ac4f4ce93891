-- Moves of URLs from state to state, with everything that must keep in step. Needs: head, records, queues.
--
-- `:waiting`  sorted set  numbers of WAITING URLs by the end of their backoff (epoch ms)
-- `:active`   sorted set  numbers of ACTIVE URLs by the end of their lease (epoch ms)
-- `:leases`   hash        number of an ACTIVE URL → its lease and its owner, with a space between
-- `:reasons`  hash        reason → how many failed and skipped URLs bear it

local function count_reason(known, change)
  if known[STATE] == FAILED or known[STATE] == SKIPPED then
    redis.call('HINCRBY', root .. ':reasons', known[REASON], change)
  end
end

local function leave(id, known)
  if known[STATE] == AGAIN then
    take_again(id)
  elseif known[STATE] == WAITING then
    redis.call('ZREM', root .. ':waiting', id)
  elseif known[STATE] == ACTIVE then
    redis.call('ZREM', root .. ':active', id)
    redis.call('HDEL', root .. ':leases', id)
  end
  count(known[STATE], known[REOPENED], -1)
  count_reason(known, -1)
end

-- A URL that leaves DONE for a state that is not final is reopened, until it is final again.
local function is_reopened(known, state)
  if state == DONE or state == FAILED or state == SKIPPED then return 0 end
  return known[STATE] == DONE and 1 or known[REOPENED]
end

-- `about` may hold reason, detail, target and a new depth; what it does not hold of the first three is emptied.
local function settle(id, state, about)
  local known = record(id)
  leave(id, known)
  known[REOPENED] = is_reopened(known, state)
  known[STATE] = state
  known[REASON], known[DETAIL], known[TARGET] = about.reason or '', about.detail or '', about.target or ''
  known[DEPTH] = about.depth or known[DEPTH]
  changed[id] = true
  count(state, known[REOPENED], 1)
  count_reason(known, 1)
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
