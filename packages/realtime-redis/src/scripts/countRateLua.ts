/**
 * Adds to what was spent in the window that runs, or begins one. Returns what was spent in it, and for
 * how many milliseconds it goes on.
 *
 * KEYS: the window. ARGV: what to add, the length of a window in milliseconds.
 */
export const countRateLua: string = `#!lua
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local spent = redis.call('HINCRBY', KEYS[1], 'spent', ARGV[1])
local ends = tonumber(redis.call('HGET', KEYS[1], 'ends') or '')
if not ends then
  ends = now + ARGV[2]
  redis.call('HSET', KEYS[1], 'ends', string.format('%.0f', ends))
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
return { spent, math.max(0, ends - now) }
`;
