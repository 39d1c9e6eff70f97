/**
 * What every script of a room's presence begins with. A member is a field of a hash: the node that has
 * it, who holds it, its place in the order of entering, whether it is listed, itself and its id as JSON.
 * The other fields of the hash begin with `#`. A second hash counts the members of each node. All of it
 * is forgotten a day after its last change.
 *
 * KEYS: members, nodes, news.
 */
export const openPresenceLua: string = `#!lua
local members, nodes, news = unpack(KEYS)
local dayMs = 86400000

local function find(id)
  local record = redis.call('HGET', members, 'm' .. id)
  if not record then return nil end
  local fields = cmsgpack.unpack(record)
  return { node = fields[1], holder = fields[2], place = fields[3], isListed = fields[4],
    text = fields[5], idText = fields[6] }
end

local function number(field)
  return tonumber(redis.call('HGET', members, field) or '0')
end

local function addTo(node, change)
  if redis.call('HINCRBY', nodes, node, change) <= 0 then redis.call('HDEL', nodes, node) end
end

local function keep()
  redis.call('PEXPIRE', members, dayMs)
  redis.call('PEXPIRE', nodes, dayMs)
end

-- Tells the version of the room, how many there are, who has entered or left, and at which node.
local function tell(entered, left, node)
  local version = redis.call('HINCRBY', members, '#version', 1)
  local change = { version, number('#count'), entered or 'null', left or 'null', cjson.encode(node) }
  redis.call('SPUBLISH', news, '[' .. table.concat(change, ',') .. ']')
end

local function remove(id, member)
  redis.call('HDEL', members, 'm' .. id)
  redis.call('HINCRBY', members, '#count', -1)
  addTo(member.node, -1)
  if member.isListed then redis.call('HINCRBY', members, '#listed', -1) end
  tell(nil, member.isListed and member.idText or nil, member.node)
  keep()
end
`;
