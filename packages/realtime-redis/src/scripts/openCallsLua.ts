/**
 * What every script of a caller's calls begins with. A call is a field of a hash: its state (`running`
 * until its lease ends; `told` where it was abandoned with an outcome for those who wait; `begun` where
 * nothing else is known; `done`), who has it, its input, whether it was a retry, until when that holds
 * and its outcome. All are in a sorted set by the time at which they are forgotten.
 *
 * KEYS: records, ages, news.
 * ARGV 1 to 6: the call, who has it or wants it, its input's hash, windowMs, leaseMs, maxCallerBytes.
 */
export const openCallsLua: string = `#!lua
local records, ages, news = unpack(KEYS)
local id, token, inputHash = ARGV[1], ARGV[2], ARGV[3]
local windowMs, leaseMs, maxBytes = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
-- With what its record holds beside the outcome, a call counts for some 500.
local bytesPerCall = 384

local function whole(number)
  return string.format('%.0f', number)
end

-- One clock for all nodes.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local function forget(other)
  local length = redis.call('HSTRLEN', records, other)
  redis.call('ZREM', ages, other)
  if length == 0 then return end
  redis.call('HDEL', records, other)
  redis.call('HINCRBY', records, 'bytes', whole(-bytesPerCall - length))
end

local function open()
  -- What was evicted in part, or brought back in part, is not known any more.
  if redis.call('HLEN', records) - 1 ~= redis.call('ZCARD', ages) then
    redis.call('DEL', records, ages)
  end
  local over = redis.call('ZRANGEBYSCORE', ages, '-inf', whole(now), 'LIMIT', 0, 100)
  for _, other in ipairs(over) do forget(other) end
end

local function find()
  local expiresAt = redis.call('ZSCORE', ages, id)
  if not expiresAt or tonumber(expiresAt) <= now then return nil end
  local fields = cmsgpack.unpack(redis.call('HGET', records, id))
  return { state = fields[1], token = fields[2], inputHash = fields[3], retry = fields[4],
    untilMs = fields[5], outcome = fields[6] }
end

-- The oldest go first; what is being done outlives them all.
local function shrink()
  while tonumber(redis.call('HGET', records, 'bytes')) > maxBytes do
    local oldest, expiresAt = unpack(redis.call('ZRANGE', ages, 0, 0, 'WITHSCORES'))
    if not oldest or tonumber(expiresAt) > now + windowMs then return end
    forget(oldest)
  end
end

local function put(state, retry, untilMs, outcome)
  local record = cmsgpack.pack({ state, token, inputHash, retry, untilMs, outcome })
  local expiresAt = state == 'running' and untilMs + windowMs or untilMs
  forget(id)
  redis.call('HSET', records, id, record)
  redis.call('HINCRBY', records, 'bytes', whole(bytesPerCall + #record))
  redis.call('ZADD', ages, whole(expiresAt), id)
  shrink()
  redis.call('PEXPIRE', records, whole(windowMs + leaseMs))
  redis.call('PEXPIRE', ages, whole(windowMs + leaseMs))
end
`;
