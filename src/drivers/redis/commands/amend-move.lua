-- Moves URLs between pending and skipped, unless they changed since the caller read them.
--
-- KEYS[1]  head of the crawl
-- ARGV[1]  JSON array of moves, each { number, host, depth, reason it was skipped for, reason now }, '' for pending
--
-- Returns { how many were pending and are skipped, how many were skipped and are pending }.

--@include head records settle

if not head.maxUrls then return NOT_OPENED end

local function is_unchanged(row, depth, was)
  if row[DEPTH] ~= depth then return false end
  if was == '' then return NAMES[row[STATE]] == 'pending' end
  return row[STATE] == SKIPPED and row[REASON] == was
end

local skipped, restored = 0, 0

-- A page that is done and was to be visited again is only not visited again.
local function move(id, host, was, now)
  local row = record(id)
  if now == '' then
    row[HOST] = host_id(host)
    settle(id, AGAIN, {})
    restored = restored + 1
  elseif row[REOPENED] == 1 then
    settle(id, DONE, {})
  else
    settle(id, SKIPPED, { reason = now })
    if was == '' then skipped = skipped + 1 end
  end
end

for _, move_of in ipairs(cjson.decode(ARGV[1])) do
  local id, host, depth, was, now = unpack(move_of)
  if is_unchanged(record(id), depth, was) then move(id, host, was, now) end
end
save()
return { skipped, restored }
