import { openPresenceLua } from './openPresenceLua.ts';

/**
 * Who is in a room.
 *
 * ARGV: `1` for the members too.
 * Returns the version of the room, how many there are, the nodes that have some, and the members that
 * are listed, as JSON, in the order of entering.
 */
export const readPresenceLua: string = `${openPresenceLua}
local listed = {}
if ARGV[1] == '1' then
  for _, field in ipairs(redis.call('HKEYS', members)) do
    local member = string.sub(field, 1, 1) == 'm' and find(string.sub(field, 2))
    if member and member.isListed then table.insert(listed, member) end
  end
  table.sort(listed, function(one, other) return one.place < other.place end)
end
local texts = {}
for index, member in ipairs(listed) do texts[index] = member.text end
return { number('#version'), number('#count'), redis.call('HKEYS', nodes), texts }
`;
