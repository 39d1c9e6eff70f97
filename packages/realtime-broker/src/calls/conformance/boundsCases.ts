import { equal } from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import type { CallCase } from './callCase.ts';

const windowMs = 500;

/** How much is remembered, and for how long. */
export const boundsCases: readonly CallCase[] = [
  {
    name: 'the window of a call begins with its outcome, and a call that is being done has none',
    bounds: { windowMs },
    async run(context) {
      const call = context.newCall();
      const owned = await context.own(call);
      await setTimeout(1.5 * windowMs);
      const { claim } = await context.wait(call);
      await owned.settle('"done"');
      equal((await claim).status, 'done');
      await context.expectDone(call, '"done"');
    },
  },
  {
    name: 'a call is forgotten when its window is over, however it ended',
    bounds: { windowMs },
    async run(context) {
      const [settled, abandoned] = [context.newCall(), context.newCall()];
      await context.settle(settled, '"done"');
      await (await context.own(abandoned)).abandon('"failed"');
      await setTimeout(1.5 * windowMs);
      for (const call of [settled, abandoned]) {
        equal((await context.own(call)).retry, false, 'Expected a call to be forgotten.');
      }
    },
  },
  {
    name: 'the calls of a caller take no more than maxCallerBytes: its oldest go first, and no others',
    bounds: { maxCallerBytes: 50_000 },
    async run(context) {
      const call = context.newCall();
      const [running, other] = [{ ...call, key: 'running' }, context.newCall()];
      const owned = await context.own(running);
      await context.settle(other, '"done"');
      for (let index = 0; index < 100; index += 1) {
        await context.settle({ ...call, key: `k-${index}` }, 'x'.repeat(5_000));
      }
      for (const index of [99, 98, 97, 96]) {
        await context.expectDone({ ...call, key: `k-${index}` }, 'x'.repeat(5_000));
      }
      for (const index of [0, 1, 90]) {
        const forgotten = await context.own({ ...call, key: `k-${index}` });
        equal(forgotten.retry, false, 'Expected the oldest calls to be forgotten.');
      }
      await context.expectDone(other, '"done"');
      const { claim } = await context.wait(running);
      await owned.settle('"done"');
      equal((await claim).status, 'done');
    },
  },
  {
    name: 'of an outcome that takes more than half of maxCallerBytes it is known that it was begun',
    bounds: { maxCallerBytes: 50_000 },
    async run(context) {
      const call = context.newCall();
      await context.settle({ ...call, key: 'k-2' }, '"done"');
      await context.settle(call, 'x'.repeat(25_000));
      equal((await context.own(call)).retry, true);
      await context.expectDone({ ...call, key: 'k-2' }, '"done"');
    },
  },
];
