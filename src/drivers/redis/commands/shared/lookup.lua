-- URLs by their digest. Needs: head, records, and `digests`, which holds them one after the other; a command names each
-- by its number, from 0.

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
