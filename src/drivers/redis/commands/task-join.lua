-- Lets another process help with a crawl, if enough pages wait for that.
--
-- KEYS[1]  head of the task's crawl
-- ARGV[1]  owner, the name of the helper's run
-- ARGV[2]  milliseconds that it takes part without a sign of life
-- ARGV[3]  pages that must wait per participant
--
-- Returns the record (shared/task.lua), or nil if there is nothing to help with.

--@include head task

local owner, lease_ms, pages_each = ARGV[1], ARGV[2], tonumber(ARGV[3])
local now = server_ms()

-- The leader, the living helpers and the caller.
local function participants()
  local count = 2
  for name, lease_end in pairs(task) do
    if string.find(name, '^helper:') and tonumber(lease_end) > now then count = count + 1 end
  end
  return count
end

local function pages_that_may_be_visited()
  if not head.maxPages then return head.pending end
  return math.min(head.pending, head.maxPages - head.done - head.active)
end

local function is_running()
  return task and task.status == 'in_progress' and head.maxUrls and head.control == 'running' and not head.closed
end

if not is_running() or pages_that_may_be_visited() < pages_each * participants() then return nil end
set('helper:' .. owner, now + lease_ms)
return task_record()
