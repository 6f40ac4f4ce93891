-- The gate of all hosts. KEYS[1] is the start of its keys, which lie in one hash slot.
--
-- `:host:<host>`    hash        `nextAt`, `holdUntil`: when the next visit may start (epoch ms)
-- `:visits:<host>`  sorted set  tickets of open visits by the time they run out (epoch ms)
-- `:owner:<owner>`  hash        tickets of an owner → their hosts
--
-- A ticket is a random id, a space and its owner. Keys expire when what they say is past, with room for clocks that
-- differ.

local ROOM_MS = 60000

local function host_key(host) return KEYS[1] .. ':host:' .. host end
local function visits_key(host) return KEYS[1] .. ':visits:' .. host end
local function owner_key(owner) return KEYS[1] .. ':owner:' .. owner end

local function owner_of(ticket)
  return string.match(ticket, '^%S+ (.*)$') or ''
end

-- Keeps a key for at least so long.
local function keep(key, ms)
  if redis.call('PTTL', key) < ms + ROOM_MS then redis.call('PEXPIRE', key, ms + ROOM_MS) end
end
