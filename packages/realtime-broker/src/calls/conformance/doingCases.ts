import { deepEqual, equal } from 'node:assert/strict';
import type { CallCase } from './callCase.ts';

const outcomes = ['', '"done"', '"Grüße,\n\t\u0000 日本 \u{1f3ab}"', 'x'.repeat(100_000)];

/** Whose turn a call is, and what becomes of it. */
export const doingCases: readonly CallCase[] = [
  {
    name: 'a call is done by whoever claims it first, and is no retry',
    async run(context) {
      equal((await context.own(context.newCall())).retry, false);
    },
  },
  {
    name: 'a call that was settled is done, with its outcome',
    async run(context) {
      for (const outcome of outcomes) {
        const call = context.newCall();
        await context.settle(call, outcome);
        await context.expectDone(call, outcome);
        await context.expectDone(call, outcome);
      }
    },
  },
  {
    name: 'of many that claim a call at once one does it, and all get its outcome',
    async run(context) {
      const call = context.newCall();
      const claims = Array.from({ length: 10 }, () => context.claim(call));
      const owned = await Promise.any(
        claims.map(async (claim) => {
          const { status } = await claim;
          if (status !== 'owned') throw new Error(status);
          return claim;
        }),
      );
      if (owned.status === 'owned') await owned.settle('"done"');
      const statuses = (await Promise.all(claims)).map(({ status }) => status);
      deepEqual(statuses.sort(), [...Array<string>(9).fill('done'), 'owned']);
    },
  },
  {
    name: 'a call has one outcome: what its owner says later is ignored',
    async run(context) {
      const call = context.newCall();
      const owned = await context.own(call);
      await owned.settle('"done"');
      await owned.abandon('"failed"');
      await owned.settle('"done twice"');
      await context.expectDone(call, '"done"');
    },
  },
  {
    name: 'a key that is used with another input is a conflict, whatever became of the first',
    async run(context) {
      const call = context.newCall();
      const other = { ...call, inputHash: 'another hash' };
      const first = await context.own(call);
      deepEqual(await context.claim(other), { status: 'conflict' });
      await first.abandon('"failed"');
      deepEqual(await context.claim(other), { status: 'conflict' });
      await context.settle(call, '"done"');
      deepEqual(await context.claim(other), { status: 'conflict' });
    },
  },
  {
    name: 'a call is another one of another caller, of another action and with another key',
    async run(context) {
      const call = context.newCall();
      await context.settle(call, '"done"');
      const { caller } = context.newCall();
      for (const other of [{ caller }, { action: 'sell' }, { key: 'k-2' }]) {
        equal((await context.own({ ...call, ...other })).retry, false);
      }
    },
  },
  {
    name: 'a caller is not mistaken for another one whose name reads alike',
    async run(context) {
      const { caller } = context.newCall();
      const ends = [
        '',
        ' ',
        '}',
        '}:a',
        '{',
        '{a}',
        '"',
        '\\',
        '\u0000',
        '\ud800',
        '\ud801',
        '\ufffd',
      ];
      const callOf = (end: string) => ({ ...context.newCall(), caller: caller + end });
      for (const [index, end] of ends.entries()) await context.settle(callOf(end), `${index}`);
      for (const [index, end] of ends.entries()) await context.expectDone(callOf(end), `${index}`);
    },
  },
];
