import { openRoomLua } from './openRoomLua.ts';

/**
 * What a room has to say to somebody who knows it up to a position, at one moment.
 *
 * ARGV 6 to 10: epoch (nothing for somebody new), offset and revision of that position, the most
 * publications and the most bytes of payload.
 * Returns epoch, offset, revision, for how long the room has been quiet, the offset and the revision
 * to read on from, then either `gap`, its reason and the number missed or nothing, or `continued`,
 * the revision that this begins after, and the publications.
 */
export const readLua: string = `${openRoomLua}
local isNew = ARGV[6] == ''
local since = { epoch = ARGV[6], offset = tonumber(ARGV[7]), revision = tonumber(ARGV[8]) }
local maxPublications, maxBytes = tonumber(ARGV[9]), tonumber(ARGV[10])
local page, pageBytes = {}, 0

local function take(bytes, text)
  local isFull = #page >= maxPublications or pageBytes + bytes > maxBytes
  if #page > 0 and isFull then return false end
  page[#page + 1] = text
  pageBytes = pageBytes + bytes
  return true
end

local function changesAfter(revision, count, sets)
  local changes = {}
  for _, set in ipairs(sets) do
    local found = redis.call('ZRANGEBYSCORE', set, '(' .. whole(revision), '+inf', 'WITHSCORES',
      'LIMIT', 0, count)
    for index = 1, #found, 2 do
      changes[#changes + 1] = { id = found[index], revision = tonumber(found[index + 1]) }
    end
  end
  table.sort(changes, function(one, two) return one.revision < two.revision end)
  return changes
end

-- The revision to read on from: a later one, where what comes next was dropped.
local function behindDropped(revision)
  if room.dropped <= revision then return revision end
  local next = changesAfter(revision, 1, { values, removals })[1]
  if not next or next.revision > room.dropped then return room.dropped end
  return revision
end

local function answer(nextOffset, nextRevision, ...)
  local quietMs = math.max(0, serverMs() - room.usedMs)
  return { room.epoch, whole(room.offset), whole(room.revision), whole(quietMs),
    whole(nextOffset), whole(nextRevision), ... }
end

local function gap(reason, missed, known)
  return answer(room.offset, behindDropped(known), 'gap', reason, missed)
end

local function findGap()
  if since.epoch ~= room.epoch or since.offset > room.offset or since.revision > room.revision then
    return gap('epoch-changed', '', 0)
  end
  local missed = room.offset - since.offset
  if missed > 0 and since.offset + 1 < room.first then
    return gap(room.trimmedBy, whole(missed), since.revision)
  end
  if missed == 0 and behindDropped(since.revision) > since.revision then
    return gap('overflow', '0', since.revision)
  end
end

-- Returns the offset to read on from where the page is full.
local function takeReliable()
  local last = since.offset
  while last < room.offset do
    local entries = redis.call('XRANGE', log, whole(last + 1) .. '-0', '+', 'COUNT', 32)
    for _, entry in ipairs(entries) do
      if not take(tonumber(entry[2][2]), entry[2][4]) then return last end
      last = last + 1
    end
  end
end

-- Returns the revision to read on from where the page is full, or before the next that was dropped.
local function takeLatest()
  local gapAt = math.huge
  if not isNew and room.dropped > since.revision then gapAt = room.dropped end
  local sets = isNew and { values } or { values, removals }
  for _, change in ipairs(changesAfter(since.revision, maxPublications + 1, sets)) do
    if change.revision > gapAt then break end
    local bytes, text = string.match(redis.call('HGET', latest, change.id), '^(%d+) (.*)$')
    if not take(tonumber(bytes), text) then return change.revision - 1 end
  end
  if gapAt < math.huge then return gapAt - 1 end
end

open()
if isNew then
  since = { offset = room.offset, revision = 0 }
  since.begin = behindDropped(0)
else
  since.begin = since.revision
  local found = findGap()
  if found then return found end
end
local offset = takeReliable()
if offset then return answer(offset, since.begin, 'continued', whole(since.begin), page) end
local revision = takeLatest() or room.revision
return answer(room.offset, revision, 'continued', whole(since.begin), page)
`;
