import { deepEqual, equal, rejects } from 'node:assert/strict';
import type { CallCase } from './callCase.ts';

/** What becomes of those who come while somebody does a call, and after that was given up. */
export const waitingCases: readonly CallCase[] = [
  {
    name: 'a call that is being done is waited for, and its outcome told to all who wait',
    async run(context) {
      const call = context.newCall();
      const owned = await context.own(call);
      const waiting = [await context.wait(call), await context.wait(call)];
      await owned.settle('"done"');
      for (const { claim } of waiting)
        deepEqual(await claim, { status: 'done', outcome: '"done"' });
    },
  },
  {
    name: 'a call that was abandoned is told to those who wait, and a retry for whoever comes later',
    async run(context) {
      const call = context.newCall();
      const first = await context.own(call);
      const { claim } = await context.wait(call);
      await first.abandon('"too late"');
      deepEqual(await claim, { status: 'done', outcome: '"too late"' });
      const second = await context.own(call);
      equal(second.retry, true);
      await second.settle('"done"');
      await context.expectDone(call, '"done"');
    },
  },
  {
    name: 'a call that is settled after it was abandoned is done',
    async run(context) {
      const call = context.newCall();
      const owned = await context.own(call);
      await owned.abandon('"too late"');
      await owned.settle('"done at last"');
      await context.expectDone(call, '"done at last"');
    },
  },
  {
    name: 'what comes from an owner whose call somebody else has by then is ignored',
    async run(context) {
      const call = context.newCall();
      const overtaken = await context.own(call);
      await overtaken.abandon('"too late"');
      const retry = await context.own(call);
      await overtaken.settle('"the first one"');
      await overtaken.abandon('"nothing"');
      const { claim } = await context.wait(call);
      await retry.settle('"the second one"');
      await overtaken.settle('"the first one"');
      deepEqual(await claim, { status: 'done', outcome: '"the second one"' });
      await context.expectDone(call, '"the second one"');
    },
  },
  {
    name: 'a signal ends the wait with its reason, and the call goes on',
    async run(context) {
      const call = context.newCall();
      const owned = await context.own(call);
      const leaving = new AbortController();
      const { claim } = await context.wait(call, { signal: leaving.signal });
      const { claim: staying } = await context.wait(call);
      leaving.abort(new RangeError('gone'));
      await rejects(claim, RangeError);
      await owned.settle('"done"');
      deepEqual(await staying, { status: 'done', outcome: '"done"' });
      await context.expectDone(call, '"done"');
      const gone = { signal: AbortSignal.abort(new RangeError('gone')) };
      await rejects(context.claim(context.newCall(), gone), RangeError);
    },
  },
];
