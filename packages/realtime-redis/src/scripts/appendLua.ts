import { openRoomLua } from './openRoomLua.ts';

/**
 * Appends a publication to a room, keeps the room's bounds and tells its followers, all in one.
 *
 * ARGV 6 to 17: delivery, the header's JSON without braces, the payload's JSON, which latest value it
 * is, whether that is removed, the idempotency key as JSON or nothing, how long such keys are
 * remembered and how many, then the bounds of history (count, bytes) and of latest values.
 * Returns epoch, offset and revision.
 */
export const appendLua: string = `${openRoomLua}
local delivery, header, payload, valueId, isRemoved = ARGV[6], ARGV[7], ARGV[8], ARGV[9], ARGV[10]
local onceKey, onceMs, maxOnce = ARGV[11], tonumber(ARGV[12]), tonumber(ARGV[13])
local maxPublications, maxBytes = tonumber(ARGV[14]), tonumber(ARGV[15])
local maxKeys, maxLatestBytes = tonumber(ARGV[16]), tonumber(ARGV[17])
local text

local function earlier()
  if onceKey == '' then return nil end
  local at = redis.call('ZSCORE', onceTimes, onceKey)
  if not at or tonumber(at) + onceMs <= now then return nil end
  local result = redis.call('HGET', once, onceKey)
  return result and { string.match(result, '^(%S+) (%d+) (%d+)$') }
end

local function forgetOnce(keys)
  if #keys == 0 then return end
  redis.call('ZREM', onceTimes, unpack(keys))
  redis.call('HDEL', once, unpack(keys))
end

local function remember(result)
  if onceKey == '' then return end
  redis.call('ZADD', onceTimes, whole(now), onceKey)
  redis.call('HSET', once, onceKey, table.concat(result, ' '))
  forgetOnce(redis.call('ZRANGEBYSCORE', onceTimes, '-inf', whole(now - onceMs), 'LIMIT', 0, 100))
  local excess = redis.call('ZCARD', onceTimes) - maxOnce
  if excess > 0 then forgetOnce(redis.call('ZRANGE', onceTimes, 0, math.min(excess, 100) - 1)) end
  redis.call('PEXPIRE', once, whole(onceMs))
  redis.call('PEXPIRE', onceTimes, whole(onceMs))
end

local function keepReliable()
  redis.call('XADD', log, whole(room.offset) .. '-' .. whole(now), 'bytes', #payload, 'text', text)
  room.historyBytes = room.historyBytes + #payload
  while room.offset - room.first + 1 > maxPublications or room.historyBytes > maxBytes do
    trimOldest(oldest(), 'overflow')
  end
  redis.call('PEXPIRE', log, whole(math.min(maxAgeMs + 60000, tonumber(forgetAfterMs))))
end

local function forgetValue(id)
  local old = redis.call('HGET', latest, id)
  if not old then return end
  if redis.call('ZREM', values, id) == 1 then
    room.latestBytes = room.latestBytes - tonumber(string.match(old, '^%d+'))
  end
  redis.call('ZREM', removals, id)
  redis.call('HDEL', latest, id)
  room.kept = room.kept - 1
end

local function dropLongestUnchanged(set)
  local id, revision = unpack(redis.call('ZRANGE', set, 0, 0, 'WITHSCORES'))
  forgetValue(id)
  room.dropped = math.max(room.dropped, tonumber(revision))
end

local function keepLatest()
  forgetValue(valueId)
  redis.call('HSET', latest, valueId, #payload .. ' ' .. text)
  redis.call('ZADD', isRemoved == '' and values or removals, whole(room.revision), valueId)
  room.kept = room.kept + 1
  if isRemoved == '' then room.latestBytes = room.latestBytes + #payload end
  if redis.call('ZCARD', removals) > maxKeys then dropLongestUnchanged(removals) end
  while redis.call('ZCARD', values) > maxKeys or room.latestBytes > maxLatestBytes do
    dropLongestUnchanged(values)
  end
end

local known = earlier()
if known then return known end
open()
if delivery == 'reliable' then room.offset = room.offset + 1 end
if delivery == 'latest' then room.revision = room.revision + 1 end
room.usedMs = serverMs()
text = '{"position":{"epoch":"' .. room.epoch .. '","offset":' .. whole(room.offset)
  .. ',"revision":' .. whole(room.revision) .. '},"publishedAtMs":' .. whole(now) .. ','
  .. header .. ',"payload":' .. payload .. '}'
if delivery == 'reliable' then keepReliable() end
if delivery == 'latest' then keepLatest() end
save()
touch()
local result = { room.epoch, whole(room.offset), whole(room.revision) }
remember(result)
redis.call('SPUBLISH', news, text)
return result
`;
