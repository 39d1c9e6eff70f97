/**
 * Keeps a node alive for so many milliseconds, or ends it for 0. Returns whether it was.
 *
 * KEYS: the node's lease. ARGV: milliseconds.
 */
export const renewNodeLua: string = `#!lua
local wasAlive = redis.call('EXISTS', KEYS[1])
if ARGV[1] == '0' then redis.call('DEL', KEYS[1]) else redis.call('SET', KEYS[1], '1', 'PX', ARGV[1]) end
return wasAlive
`;

/** Whether a node is alive. */
export const isNodeAliveLua: string = `#!lua
return redis.call('EXISTS', KEYS[1])
`;
