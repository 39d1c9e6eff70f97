import type { RoomRecovery } from '@roomcast/realtime-client';
import { type AnyContract, isRoomcastError } from '@roomcast/realtime-contract';
import { describeConnection } from '../tester/describeConnection.ts';
import type { WebSocketTester } from '../tester/webSocketTester.ts';
import type { AssertionOptions } from './assertionOptions.ts';
import { failure } from './failure.ts';

/**
 * Asserts that a tester is back after its connection was lost, or is so in time, and has missed
 * nothing in any of its rooms. What happened in a room that it is refused in now, it has missed.
 *
 * @throws AssertionError that says which room has a gap and why, or where the connection stands
 */
export async function assertRecovered<C extends AnyContract>(
  tester: WebSocketTester<C>,
  { timeoutMs }: AssertionOptions = {},
): Promise<void> {
  const recoveries = await recoveriesOf(tester, timeoutMs);
  const gaps = recoveries.filter(({ status }) => status === 'gap');
  if (gaps.length === 0) return;
  throw failure(`Expected to have missed nothing. ${gaps.map(describeGap).join(' ')}`);
}

/**
 * Asserts that a tester that is back after its connection was lost has missed something.
 *
 * @throws AssertionError where it has missed nothing, or is not back in time
 */
export async function assertNotRecovered<C extends AnyContract>(
  tester: WebSocketTester<C>,
  { timeoutMs }: AssertionOptions = {},
): Promise<void> {
  const recoveries = await recoveriesOf(tester, timeoutMs);
  if (recoveries.some(({ status }) => status === 'gap')) return;
  const rooms = recoveries.map(({ room, status }) => `"${room}" ${status}`).join(', ');
  throw failure(`Expected to have missed something. Its rooms: ${rooms}.`);
}

async function recoveriesOf<C extends AnyContract>(
  tester: WebSocketTester<C>,
  timeoutMs: number | undefined,
): Promise<readonly RoomRecovery[]> {
  try {
    return await tester.recovered(timeoutMs);
  } catch (error) {
    if (isRoomcastError(error)) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw failure(`Expected to have recovered. ${why} ${describeConnection(tester.state)}`);
  }
}

function describeGap(recovery: RoomRecovery): string {
  if (recovery.status !== 'gap') return '';
  const { room, reason, missed } = recovery;
  return `"${room}" has a gap: ${reason}, ${missed ?? 'nobody knows how many'} missed.`;
}
