-- Adding what was found. Needs: head, records, settle.
--
-- A discovery is { digest, url, host, depth, by, digest of the page it was found on or -1, reason to skip it or '',
-- the URL as written if that is not `url` };
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
  local fields = { state, 0, 0, depth, host_number, by, parent_id(parent), url, skip, '', '' }
  if found[8] then fields[STATUS], fields[SPELLINGS] = '', found[8] end
  local id = new_record(digest(n), fields)
  count(state, 0, 1)
  count_reason(records[id], 1)
  if state == READY then push(id) end
end

local function deepen(id, depth)
  local row = record(id)
  if row[STATE] == AGAIN then take_again(id) end
  if row[STATE] == READY then row[STATE] = AGAIN end
  row[DEPTH] = depth
  changed[id] = true
  if row[STATE] == AGAIN then push_again(id) end
end

-- Returns whether the spelling is new. URLs in a final state are not requested again.
local function add_spelling(id, spelling)
  local row = record(id)
  if row[STATE] == DONE or row[STATE] == FAILED then return false end
  if not spelling and not row[SPELLINGS] then return false end
  local spellings, added = row[SPELLINGS] or row[URL], spelling or row[URL]
  for existing in string.gmatch(spellings, '%S+') do
    if existing == added then return false end
  end
  if spellings_of(row) >= MAX_SPELLINGS then return false end
  row[STATUS] = row[STATUS] or ''
  row[SPELLINGS] = spellings .. ' ' .. added
  changed[id] = true
  return true
end

-- A seen URL at a smaller depth: a URL that was too deep is queued, a page that was done is visited again for its links. A
-- page that was left out of the sample of its paginated list is queued when the sample needs it, and a URL that robots.txt
-- forbids when it is found in another spelling, which may be allowed.
local function meet_again(id, host, depth, by, skip, spelling)
  local row = record(id)
  local is_skipped_as = function(reason) return skip == '' and row[STATE] == SKIPPED and row[REASON] == reason end
  local is_spelled_anew = add_spelling(id, spelling)
  local is_allowed_again = is_spelled_anew and is_skipped_as('robots') and not head.closed
  if (by == BY_BOARD and is_skipped_as('sampled-out')) or is_allowed_again then
    row[HOST] = host_id(host)
    if is_allowed_again then row[ATTEMPTS] = row[ATTEMPTS] - 1 end
    settle(id, AGAIN, { depth = math.min(depth, row[DEPTH]) })
    return
  end
  if not head.maxDepth or depth >= row[DEPTH] then return end
  if skip ~= '' and row[STATE] ~= SKIPPED then return end
  local was_too_deep = row[STATE] == SKIPPED and row[REASON] == 'too-deep'
  local was_done = row[STATE] == DONE and not head.closed
  if (was_too_deep and skip == '') or was_done then
    row[HOST] = host_id(host)
    if was_done then row[STATUS], row[SPELLINGS] = '', spelling end
    settle(id, AGAIN, { depth = depth })
  else
    deepen(id, depth)
  end
end

-- `nearer` is by how many clicks the page was met nearer than when it was claimed. Returns how many were added, seen
-- and dropped.
local function discover(discoveries, nearer)
  local added, seen, overflow = 0, 0, 0
  for _, found in ipairs(discoveries) do
    found[4] = found[4] - nearer
    local n, _, host, depth, by, _, skip, spelling = unpack(found, 1, 8)
    if skip == '' and head.maxDepth and depth > head.maxDepth then skip = 'too-deep' end
    local id = id_of(n)
    if id then
      meet_again(id, host, depth, by, skip, spelling)
      seen = seen + 1
    elseif head.found < head.maxUrls then
      insert(found, skip == '' and READY or SKIPPED, skip)
      added = added + 1
    else
      overflow = overflow + 1
    end
  end
  return added, seen, overflow
end
