import { openCallsLua } from './openCallsLua.ts';

/**
 * Renews the lease of whoever has a call, also where the store has lost it.
 *
 * ARGV 7: whether it is a retry.
 * Returns 0 where somebody else has the call by now.
 */
export const renewCallLua: string = `${openCallsLua}
open()
local call = find()
if call and (call.token ~= token or call.state ~= 'running') then return 0 end
put('running', ARGV[7], now + leaseMs, '')
return 1
`;
