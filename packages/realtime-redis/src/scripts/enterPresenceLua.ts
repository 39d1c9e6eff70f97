import { openPresenceLua } from './openPresenceLua.ts';

/**
 * Puts a member into a room, or changes it.
 *
 * ARGV: its id, itself as JSON, its id as JSON, node, holder, maxMembers, and `1` where it is only to
 * be there once more: not where somebody else holds it by now.
 */
export const enterPresenceLua: string = `${openPresenceLua}
local id, text, idText, node, holder, maxMembers, isAgain = unpack(ARGV)
local known = find(id)
if known and isAgain == '1' and known.holder ~= holder then return 0 end
local place = known and known.place or redis.call('HINCRBY', members, '#places', 1)
local isListed = known and known.isListed
if not isListed and number('#listed') < tonumber(maxMembers) then
  isListed = true
  redis.call('HINCRBY', members, '#listed', 1)
end
redis.call('HSET', members, 'm' .. id,
  cmsgpack.pack({ node, holder, place, isListed or false, text, idText }))
if known then addTo(known.node, -1) else redis.call('HINCRBY', members, '#count', 1) end
addTo(node, 1)
local isNews = not known or known.text ~= text or known.isListed ~= isListed
if isListed and isNews then tell(text, nil, node)
elseif not known or known.node ~= node then tell(nil, nil, node) end
keep()
return 1
`;
