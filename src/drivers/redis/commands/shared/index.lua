-- The index of tasks: where each stands, so that it can be found. It follows the records, which are the truth.
-- KEYS[1] is the start of its keys, all in one hash slot.

local ALL = KEYS[1] .. ':all' -- every task, by its number
local OPEN = KEYS[1] .. ':open' -- those that have not ended, by their number
local WAITING = KEYS[1] .. ':waiting' -- those that count as waiting, by the time that they began to
local LATER = KEYS[1] .. ':later' -- those that wait for a retry, by its time
local RUNNING = KEYS[1] .. ':running' -- those that a run holds, by the time that it began to
local ENDED = KEYS[1] .. ':ended' -- those that have ended, by the time that they expire
local KEY_OF = KEYS[1] .. ':key-of' -- idempotency keys, hashed, by the id of their task

local function idempotency_key(key)
  return KEYS[1] .. ':key:' .. key
end

-- Milliseconds since the epoch by the clock of Redis, which all processes share.
local function server_ms()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end
