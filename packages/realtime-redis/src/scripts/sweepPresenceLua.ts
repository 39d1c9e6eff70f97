import { openPresenceLua } from './openPresenceLua.ts';

/**
 * Takes the members of a node that is gone out of a room.
 *
 * ARGV: the node.
 */
export const sweepPresenceLua: string = `${openPresenceLua}
local node = ARGV[1]
if redis.call('HEXISTS', nodes, node) == 0 then return 0 end
for _, field in ipairs(redis.call('HKEYS', members)) do
  local id = string.sub(field, 2)
  local member = string.sub(field, 1, 1) == 'm' and find(id)
  if member and member.node == node then remove(id, member) end
end
redis.call('HDEL', nodes, node)
return 1
`;
