import { openPresenceLua } from './openPresenceLua.ts';

/**
 * Takes a member out of a room, unless somebody else holds it.
 *
 * ARGV: its id and its holder.
 */
export const leavePresenceLua: string = `${openPresenceLua}
local id, holder = unpack(ARGV)
local member = find(id)
if not member or member.holder ~= holder then return 0 end
remove(id, member)
return 1
`;
