import { deepEqual, equal } from 'node:assert/strict';
import type { CallCase } from './callCase.ts';

/** What ledgers of several processes on one store are to each other. */
export const sharedStoreCases: readonly CallCase[] = [
  {
    name: 'a call that was settled in one process is done in another',
    async run(context) {
      const call = context.newCall();
      await context.settle(call, '"done"');
      await context.expectDone(call, '"done"', await context.openAnother());
    },
  },
  {
    name: 'a call that is being done in one process is waited for in another',
    async run(context) {
      const call = context.newCall();
      const ledger = await context.openAnother();
      const owned = await context.own(call);
      const { claim } = await context.wait(call, { ledger });
      await owned.settle('"done"');
      deepEqual(await claim, { status: 'done', outcome: '"done"' });
    },
  },
  {
    name: 'a call that was abandoned in one process is told to those who wait in another, and a retry later',
    async run(context) {
      const call = context.newCall();
      const ledger = await context.openAnother();
      const owned = await context.own(call);
      const { claim } = await context.wait(call, { ledger });
      await owned.abandon('"too late"');
      deepEqual(await claim, { status: 'done', outcome: '"too late"' });
      equal((await context.own(call, ledger)).retry, true);
    },
  },
  {
    name: 'a call whose process is gone is handed out again as a retry, and has the second outcome',
    async run(context) {
      const call = context.newCall();
      const ledger = await context.openAnother();
      const gone = await context.own(call);
      const { claim } = await context.wait(call, { ledger });
      await context.ledger.close();
      const retry = await claim;
      equal(retry.status, 'owned', 'Expected whoever waits to be given the call.');
      if (retry.status === 'owned') {
        equal(retry.retry, true);
        await retry.settle('"the second one"');
      }
      await gone.settle('"the first one"');
      await context.expectDone(call, '"the second one"', ledger);
    },
  },
];
