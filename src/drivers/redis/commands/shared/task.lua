-- The record of a task, a hash beside the head of its crawl: the truth about the task. Needs: head.
-- A run's owner is its proof that the task is its own: no two runs have the same. `helper:<owner>` holds the end of a
-- helper's lease.

local task_key = root .. ':task'

local function read_task()
  local fields = redis.call('HGETALL', task_key)
  if #fields == 0 then return nil end
  local read = {}
  for i = 1, #fields, 2 do read[fields[i]] = fields[i + 1] end
  return read
end

local task = read_task()

local function set(...)
  redis.call('HSET', task_key, ...)
end

-- Milliseconds since the epoch by the clock of Redis, which all processes share.
local function server_ms()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

local function settled()
  return head.done + head.failed + head.skipped
end

-- The record as it is now: { fields, counts of the crawl, now (epoch ms by the clock of Redis) }.
local function task_record()
  local counts = {}
  for i, name in ipairs(COUNTS) do counts[i] = shown_count(name) end
  return { redis.call('HGETALL', task_key), counts, server_ms() }
end

local function finish(status, message, now, seconds)
  set('status', status, 'message', message, 'finishedAt', now)
  redis.call('EXPIRE', task_key, seconds)
end
