-- Adding what was found. Needs: head, records, settle.
--
-- A discovery is { digest, url, host, depth, by, digest of the page it was found on or -1, reason to skip it or '' };
-- digests are given by their number, `by` by its place in seed, link, sitemap, redirect, board.

local parents = {}

local function parent_id(n)
  if n < 0 then return 0 end
  parents[n] = parents[n] or id_of(n)
  return parents[n] or 0
end

local function insert(found, state, skip)
  local n, url, host, depth, by, parent = unpack(found, 1, 6)
  local may_be_queued = state ~= SKIPPED or skip == 'too-deep'
  local host_number = may_be_queued and host_id(host) or 0
  local id = new_record(digest(n), { state, 0, 0, depth, host_number, by, parent_id(parent), url, skip, '', '' })
  count(state, 0, 1)
  count_reason(records[id], 1)
  if state == READY then push(id) end
end

local function deepen(id, depth)
  local known = record(id)
  if known[STATE] == AGAIN then take_again(id) end
  if known[STATE] == READY then known[STATE] = AGAIN end
  known[DEPTH] = depth
  changed[id] = true
  if known[STATE] == AGAIN then push_again(id) end
end

-- A shorter way to a known URL: what was too deep comes in, what was done is visited again for what lies behind. A page of
-- a board that was left out of its sample comes in where the board asks for it.
local function meet_again(id, host, depth, by, skip)
  local known = record(id)
  if by == BY_BOARD and skip == '' and known[STATE] == SKIPPED and known[REASON] == 'sampled-out' then
    known[HOST] = host_id(host)
    settle(id, AGAIN, { depth = math.min(depth, known[DEPTH]) })
    return
  end
  if not head.maxDepth or depth >= known[DEPTH] then return end
  if skip ~= '' and known[STATE] ~= SKIPPED then return end
  local was_too_deep = known[STATE] == SKIPPED and known[REASON] == 'too-deep'
  local was_done = known[STATE] == DONE and not head.closed
  if (was_too_deep and skip == '') or was_done then
    known[HOST] = host_id(host)
    settle(id, AGAIN, { depth = depth })
  else
    deepen(id, depth)
  end
end

-- `nearer` is by how many clicks the page was met nearer than when it was claimed. Answers how many were added, known
-- and dropped.
local function discover(discoveries, nearer)
  local added, known, overflow = 0, 0, 0
  for _, found in ipairs(discoveries) do
    found[4] = found[4] - nearer
    local n, _, host, depth, by, _, skip = unpack(found)
    if skip == '' and head.maxDepth and depth > head.maxDepth then skip = 'too-deep' end
    local id = id_of(n)
    if id then
      meet_again(id, host, depth, by, skip)
      known = known + 1
    elseif head.found < head.maxUrls then
      insert(found, skip == '' and READY or SKIPPED, skip)
      added = added + 1
    else
      overflow = overflow + 1
    end
  end
  return added, known, overflow
end
