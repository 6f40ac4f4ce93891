-- The head of a crawl: its limits, its control and its counts. Read when a command starts, written by save_head().
-- KEYS[1] is its key; all other keys of the crawl are this one with something after it, in the same hash slot.

local root = KEYS[1]

local READY, AGAIN, WAITING, ACTIVE, DONE, FAILED, SKIPPED = 0, 1, 2, 3, 4, 5, 6

local NAMES = {
  [READY] = 'pending', [AGAIN] = 'pending', [WAITING] = 'pending',
  [ACTIVE] = 'active', [DONE] = 'done', [FAILED] = 'failed', [SKIPPED] = 'skipped',
}

local COUNTS = { 'found', 'done', 'failed', 'skipped', 'pending', 'active' }
-- `reopened` counts pages that were done and are pending again; they are not among `pending`.
local STORED = { 'found', 'done', 'failed', 'skipped', 'pending', 'active', 'reopened' }

local function read_head()
  local fields = redis.call('HMGET', root, 'control', 'closed', 'expiresAt', 'maxPages', 'maxUrls', 'maxDepth', unpack(STORED))
  local read = {
    control = fields[1] or 'running',
    closed = fields[2] or nil,
    expiresAt = tonumber(fields[3]),
    maxPages = tonumber(fields[4]),
    maxUrls = tonumber(fields[5]),
    maxDepth = tonumber(fields[6]),
  }
  for i, name in ipairs(STORED) do read[name] = tonumber(fields[6 + i]) or 0 end
  return read
end

local head = read_head()
local stored = {}
for name, value in pairs(head) do stored[name] = value end

-- The state as readers see it: once the crawl was closed, what is pending counts as skipped, and what was done as done.
local function shown(state, reopened)
  local name = NAMES[state]
  if name ~= 'pending' or not head.closed then return name end
  return reopened == 1 and 'done' or 'skipped'
end

-- A count as readers see it, by the same rule.
local function shown_count(name)
  if name == 'pending' then return head.closed and 0 or head.pending + head.reopened end
  if head.closed and name == 'skipped' then return head.skipped + head.pending end
  if head.closed and name == 'done' then return head.done + head.reopened end
  return head[name]
end

local function count(state, reopened, change)
  local name = NAMES[state]
  if name == 'pending' and reopened == 1 then name = 'reopened' end
  head[name] = head[name] + change
end

-- What is pending counts as skipped from here on. Only the first reason is kept.
local function close(reason)
  head.closed = head.closed or reason
end

-- Whether another page may be visited without breaking the limit. Reopened pages have their place already: they are
-- visited even where there is no other, as long as nothing else waits.
local function has_room()
  if not head.maxPages or head.done + head.active + head.reopened < head.maxPages then return true end
  return head.pending == 0 and head.reopened > 0
end

local function close_if_full()
  if not has_room() and head.active == 0 and head.pending + head.reopened > 0 then close('limit-pages') end
end

local function finished()
  return head.control == 'cancelled' or head.closed ~= nil or head.pending + head.reopened + head.active == 0
end

-- Writes what has changed; a command that changed nothing writes nothing, and so works on a Redis that is full.
local function save_head()
  for _, name in ipairs(STORED) do
    if head[name] ~= stored[name] then redis.call('HSET', root, name, head[name]) end
  end
  if head.closed == stored.closed then return end
  if head.closed then redis.call('HSET', root, 'closed', head.closed) else redis.call('HDEL', root, 'closed') end
end

-- What the commands return for a crawl that was not opened, or that is being dropped.
local NOT_OPENED = redis.error_reply('NOTOPEN the crawl was not opened')

-- Keys of a crawl beside its head, its lists of records (records.lua) and its queues (settle.lua).
local FIXED = { ':index', ':hosts', ':queues', ':waiting', ':active', ':leases', ':reasons', ':identity', ':boards' }

local function queue_key(name)
  return root .. ':queue:' .. name
end

local function fixed_keys()
  local keys = {}
  for i, suffix in ipairs(FIXED) do keys[i] = root .. suffix end
  return keys
end
