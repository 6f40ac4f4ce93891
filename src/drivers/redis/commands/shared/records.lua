-- The URLs of a crawl, numbered from 1 in the order of discovery. Needs: head.
--
-- `:index`     hash  digest of the URL → its number
-- `:urls:<n>`  list  CHUNK records each, so that a record is found by its number and takes little more than its text
-- `:hosts`     hash  name of a host → its number, and '#' with its number → its name
--
-- A record is a MessagePack array. At its end follow the HTTP status of a failed page once it was settled, and, separated by
-- spaces, the spellings of a URL that was not found in its canonical form alone. The state comes first, as one byte after the array's own, then 1 for a
-- page that is reopened and 0 for others, so that the ledger can choose by both without unpacking.

local CHUNK = 128
local STATE, REOPENED, ATTEMPTS, DEPTH, HOST, BY, PARENT, URL, REASON, DETAIL, TARGET, STATUS, SPELLINGS = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13
local BY_REDIRECT, BY_BOARD = 3, 4
local MAX_SPELLINGS = 4

local records = {}
local changed = {}
local first_new = head.found + 1
local grown = {}

local function list_key(n)
  return root .. ':urls:' .. n
end

local function place(id)
  return list_key(math.floor((id - 1) / CHUNK)), (id - 1) % CHUNK
end

local function record(id)
  if not records[id] then
    local key, index = place(id)
    records[id] = cmsgpack.unpack(redis.call('LINDEX', key, index))
  end
  return records[id]
end

-- How many spellings of a URL were found.
local function spellings_of(row)
  if not row[SPELLINGS] then return 1 end
  local _, spaces = string.gsub(row[SPELLINGS], ' ', '')
  return spaces + 1
end

local function new_record(digest, fields)
  head.found = head.found + 1
  redis.call('HSET', root .. ':index', digest, head.found)
  records[head.found] = fields
  return head.found
end

local host_ids = {}

local function host_id(name)
  if not host_ids[name] then
    local key = root .. ':hosts'
    local id = tonumber(redis.call('HGET', key, name))
    if not id then
      id = redis.call('HLEN', key) / 2 + 1
      redis.call('HSET', key, name, id, '#' .. id, name)
    end
    host_ids[name] = id
  end
  return host_ids[name]
end

local function host_name(id)
  return redis.call('HGET', root .. ':hosts', '#' .. id)
end

local function append_records(from)
  local key, index = place(from)
  local packed = {}
  for id = from, math.min(head.found, from + CHUNK - index - 1) do
    packed[#packed + 1] = cmsgpack.pack(records[id])
  end
  redis.call('RPUSH', key, unpack(packed))
  grown[#grown + 1] = key
  return from + #packed
end

local function save_records()
  for id in pairs(changed) do
    if id < first_new then
      local key, index = place(id)
      redis.call('LSET', key, index, cmsgpack.pack(records[id]))
    end
  end
  local id = first_new
  while id <= head.found do id = append_records(id) end
end

-- URLs by their digest. These functions need `digests`, which holds digests one after the other; a command names each by
-- its number, from 0.

local DIGEST_BYTES = 14

local function digest(n)
  return string.sub(digests, n * DIGEST_BYTES + 1, (n + 1) * DIGEST_BYTES)
end

local function id_of(n)
  return tonumber(redis.call('HGET', root .. ':index', digest(n)))
end

-- The number of a claimed URL, if this lease is still the one that holds it.
local function held(n, lease)
  local id = id_of(n)
  if not id or record(id)[STATE] ~= ACTIVE then return nil end
  local holder = redis.call('HGET', root .. ':leases', id)
  return string.match(holder, '^%S+') == lease and id or nil
end
