-- Settles claimed URLs and adds what was found on them.
--
-- KEYS[1]  head of the crawl
-- ARGV[1]  JSON array of outcomes: { kind, claim = { digest, lease }, … } with, by kind,
--            done     final = { digest, url, host } if another URL was loaded than the claimed one, links = discoveries
--            skipped  reason, target, number of spellings that the claim held
--            failed   reason, detail, status
--            retry    reason, detail, notBefore (epoch ms)
-- ARGV[2]  digests that they name by number, one after the other
--
-- Returns { found, done, failed, skipped, pending, active, 1 if the crawl is finished or 0, then the numbers, from 0, of
-- the outcomes that were dropped because their lease has passed to someone else }.

local digests = ARGV[2]
--@include head records settle discover

if not head.maxUrls then return NOT_OPENED end

-- A claim that led elsewhere is skipped in favour of what was loaded.
local function redirect(id, claimed, final)
  local n, url, host = unpack(final)
  local depth = record(id)[DEPTH]
  settle(id, SKIPPED, { reason = 'redirect', target = url })
  local existing = id_of(n)
  if existing then
    settle(existing, DONE, { depth = math.min(depth, record(existing)[DEPTH]) })
  else
    insert({ n, url, host, depth, BY_REDIRECT, claimed }, DONE, '')
  end
end

-- A page that is done stays so if another visit fails: it is in the map already. A URL that robots.txt forbids is queued again
-- if another spelling was found while the URL was in progress.
local function give_up(id, state, outcome)
  local row = record(id)
  if outcome.reason == 'robots' and spellings_of(row) > (outcome.spellings or MAX_SPELLINGS) then
    row[ATTEMPTS] = row[ATTEMPTS] - 1
    settle(id, AGAIN, {})
  elseif row[REOPENED] == 1 then settle(id, DONE, {}) else settle(id, state, outcome) end
end

local SETTLE = {
  done = function(id, outcome)
    local nearer = outcome.depth - record(id)[DEPTH]
    if outcome.final then redirect(id, outcome.claim[1], outcome.final) else settle(id, DONE, {}) end
    discover(outcome.links, nearer)
  end,
  skipped = function(id, outcome) give_up(id, SKIPPED, outcome) end,
  failed = function(id, outcome) give_up(id, FAILED, outcome) end,
  retry = function(id, outcome) wait(id, outcome.notBefore, outcome) end,
}

local lost = {}
for i, outcome in ipairs(cjson.decode(ARGV[1])) do
  local id = held(unpack(outcome.claim))
  if id then SETTLE[outcome.kind](id, outcome) else lost[#lost + 1] = i - 1 end
end
close_if_full()
save()
local reply = {}
for i, name in ipairs(COUNTS) do reply[i] = shown_count(name) end
reply[#reply + 1] = finished() and 1 or 0
for _, n in ipairs(lost) do reply[#reply + 1] = n end
return reply
