import { openCallsLua } from './openCallsLua.ts';

/**
 * Remembers what became of a call, unless somebody else has it by then or its outcome is known, and
 * tells those who wait. Where the store has lost the call, nobody else has it.
 *
 * ARGV 7 and 8: `done` or `told`, and the outcome.
 */
export const endCallLua: string = `${openCallsLua}
local state, outcome = ARGV[7], ARGV[8]
open()
local call = find()
if call and (call.token ~= token or call.state == 'done') then return 0 end
if call and state == 'told' and call.state ~= 'running' then return 0 end
if bytesPerCall + #outcome > maxBytes / 2 then state, outcome = 'begun', '' end
put(state, '0', now + windowMs, outcome)
redis.call('SPUBLISH', news, id)
return 1
`;
