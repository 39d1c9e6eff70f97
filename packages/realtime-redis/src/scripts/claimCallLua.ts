import { openCallsLua } from './openCallsLua.ts';

/**
 * Says whose turn a call is, and hands it out where it is nobody's.
 *
 * ARGV 7: who had it when the claimer was told to wait, or nothing.
 * Returns `owned` and whether it is a retry; `running`, who has it and for how many milliseconds at
 * most unless that is renewed; `done` and the outcome; or `conflict`.
 */
export const claimCallLua: string = `${openCallsLua}
local waitsFor = ARGV[7]
open()
local call = find()
local retry = call and '1' or '0'
if call then
  if call.inputHash ~= inputHash then return { 'conflict' } end
  if call.state == 'done' then return { 'done', call.outcome } end
  if call.state == 'told' and call.token == waitsFor then return { 'done', call.outcome } end
  if call.state == 'running' and call.token == token then
    -- The same claim, sent once more because its connection was lost.
    retry = call.retry
  elseif call.state == 'running' and call.untilMs > now then
    return { 'running', call.token, whole(call.untilMs - now) }
  end
end
put('running', retry, now + leaseMs, '')
return { 'owned', retry }
`;
