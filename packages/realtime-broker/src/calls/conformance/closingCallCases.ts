import { rejects } from 'node:assert/strict';
import { isRoomcastError } from '@roomcast/realtime-contract';
import type { CallCase } from './callCase.ts';

/** How a ledger ends. */
export const closingCallCases: readonly CallCase[] = [
  {
    name: 'a ledger that is closed hands out no calls, and refuses whoever waits, with CLOSED',
    async run(context) {
      const call = context.newCall();
      const owned = await context.own(call);
      const { claim } = await context.wait(call);
      const refused = rejects(claim, isClosedError);
      await context.ledger.close();
      await refused;
      await rejects(context.claim(context.newCall()), isClosedError);
      await owned.settle('"done"');
      await owned.abandon('"failed"');
    },
  },
  {
    name: 'closing a ledger twice is harmless, also at the same time',
    async run({ ledger }) {
      await Promise.all([ledger.close(), ledger.close()]);
      await ledger.close();
    },
  },
];

function isClosedError(error: unknown): boolean {
  return isRoomcastError(error, 'CLOSED');
}
