/**
 * What every script of a room begins with: its keys, its state as `room`, and a new life of it where
 * there is none or where the store has lost some of it.
 *
 * KEYS: meta, log, latest, values, removals, once, onceTimes, news.
 * ARGV 1 to 5: `run_id` of the server or nothing, an epoch to use, now, maxAgeMs, forgetAfterMs.
 */
export const openRoomLua: string = `#!lua
local meta, log, latest, values, removals, once, onceTimes, news = unpack(KEYS)
local runId, freshEpoch, now = ARGV[1], ARGV[2], tonumber(ARGV[3])
local maxAgeMs, forgetAfterMs = tonumber(ARGV[4]), ARGV[5]
local room = {}

local function whole(number)
  return string.format('%.0f', number)
end

-- One clock for all nodes, to tell how long a room has been quiet.
local function serverMs()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

local function save()
  redis.call('HSET', meta, 'epoch', room.epoch, 'runId', room.runId,
    'offset', whole(room.offset), 'revision', whole(room.revision), 'first', whole(room.first),
    'trimmedBy', room.trimmedBy, 'historyBytes', whole(room.historyBytes),
    'latestBytes', whole(room.latestBytes), 'kept', whole(room.kept),
    'dropped', whole(room.dropped), 'usedMs', whole(room.usedMs))
end

local function touch()
  redis.call('PEXPIRE', meta, forgetAfterMs)
  if room.kept == 0 then return end
  for _, key in ipairs({ latest, values, removals }) do
    redis.call('PEXPIRE', key, forgetAfterMs)
  end
end

local function begin()
  redis.call('DEL', meta, log, latest, values, removals)
  room = { epoch = freshEpoch, runId = runId, offset = 0, revision = 0, first = 1,
    trimmedBy = 'overflow', historyBytes = 0, latestBytes = 0, kept = 0, dropped = 0,
    usedMs = serverMs() }
  save()
end

-- An evicted key and data that a restarted server has brought back half are both a loss.
local function isLost()
  if not room.epoch or (runId ~= '' and room.runId ~= runId) then return true end
  local logged = redis.call('XLEN', log)
  if logged > 0 and logged ~= room.offset - room.first + 1 then return true end
  if room.kept == 0 then return false end
  local known = redis.call('ZCARD', values) + redis.call('ZCARD', removals)
  return known ~= room.kept or redis.call('HLEN', latest) ~= room.kept
end

local function trimOldest(entry, reason)
  redis.call('XDEL', log, entry[1])
  room.first = room.first + 1
  room.historyBytes = room.historyBytes - entry[2][2]
  room.trimmedBy = reason
end

local function oldest()
  return redis.call('XRANGE', log, '-', '+', 'COUNT', 1)[1]
end

local function expire()
  if room.first > room.offset then return end
  local before = room.first
  local entry = oldest()
  if not entry then
    -- The whole stream is gone by its own expiry.
    room.first, room.historyBytes, room.trimmedBy = room.offset + 1, 0, 'expired'
  end
  while entry and tonumber(string.match(entry[1], '%d+$')) <= now - maxAgeMs do
    trimOldest(entry, 'expired')
    entry = oldest()
  end
  if room.first ~= before then save() end
end

local function open()
  local fields = redis.call('HMGET', meta, 'epoch', 'runId', 'offset', 'revision', 'first',
    'trimmedBy', 'historyBytes', 'latestBytes', 'kept', 'dropped', 'usedMs')
  room = { epoch = fields[1], runId = fields[2], offset = tonumber(fields[3] or 0),
    revision = tonumber(fields[4] or 0), first = tonumber(fields[5] or 1),
    trimmedBy = fields[6], historyBytes = tonumber(fields[7] or 0),
    latestBytes = tonumber(fields[8] or 0), kept = tonumber(fields[9] or 0),
    dropped = tonumber(fields[10] or 0), usedMs = tonumber(fields[11] or 0) }
  if isLost() then begin() else expire() end
  touch()
end
`;
