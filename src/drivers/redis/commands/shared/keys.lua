-- Keys of a crawl beside its head, its lists of records (records.lua) and its queues (queues.lua). Needs: head.

local FIXED = { ':index', ':hosts', ':queues', ':waiting', ':active', ':leases', ':reasons', ':identity', ':boards' }

local function queue_key(name)
  return root .. ':queue:' .. name
end

local function fixed_keys()
  local keys = {}
  for i, suffix in ipairs(FIXED) do keys[i] = root .. suffix end
  return keys
end
