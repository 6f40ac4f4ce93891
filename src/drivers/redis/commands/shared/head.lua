-- The head of a crawl: its limits, its control and its counts. Read when a command starts, written by save_head().
-- KEYS[1] is its key; all other keys of the crawl are this one with something after it, in the same hash slot.

local root = KEYS[1]

local READY, AGAIN, WAITING, ACTIVE, DONE, FAILED, SKIPPED = 0, 1, 2, 3, 4, 5, 6

local NAMES = {
  [READY] = 'pending', [AGAIN] = 'pending', [WAITING] = 'pending',
  [ACTIVE] = 'active', [DONE] = 'done', [FAILED] = 'failed', [SKIPPED] = 'skipped',
}

local COUNTS = { 'found', 'done', 'failed', 'skipped', 'pending', 'active' }

local function read_head()
  local fields = redis.call('HMGET', root, 'control', 'closed', 'expiresAt', 'maxPages', 'maxUrls', 'maxDepth', unpack(COUNTS))
  local read = {
    control = fields[1] or 'running',
    closed = fields[2] or nil,
    expiresAt = tonumber(fields[3]),
    maxPages = tonumber(fields[4]),
    maxUrls = tonumber(fields[5]),
    maxDepth = tonumber(fields[6]),
  }
  for i, name in ipairs(COUNTS) do read[name] = tonumber(fields[6 + i]) or 0 end
  return read
end

local head = read_head()
local stored = {}
for name, value in pairs(head) do stored[name] = value end

-- The state as it is told: once the crawl was ended, what is pending counts as skipped.
local function shown(state)
  if head.closed and NAMES[state] == 'pending' then return 'skipped' end
  return NAMES[state]
end

local function count(state, change)
  local name = shown(state)
  head[name] = head[name] + change
end

local function close(reason)
  if head.closed then return end
  head.skipped = head.skipped + head.pending
  head.pending = 0
  head.closed = reason
end

-- Whether another page may become done without breaking the limit.
local function has_room()
  return not head.maxPages or head.done + head.active < head.maxPages
end

local function close_if_full()
  if not has_room() and head.active == 0 and head.pending > 0 then close('limit-pages') end
end

local function finished()
  return head.control == 'cancelled' or head.closed ~= nil or head.pending + head.active == 0
end

-- Writes what has changed; a command that changed nothing writes nothing, and so works on a Redis that is full.
local function save_head()
  for _, name in ipairs(COUNTS) do
    if head[name] ~= stored[name] then redis.call('HSET', root, name, head[name]) end
  end
  if head.closed ~= stored.closed then redis.call('HSET', root, 'closed', head.closed) end
end
