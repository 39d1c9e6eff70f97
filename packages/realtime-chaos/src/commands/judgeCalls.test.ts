import { expect, it } from 'vitest';
import { type CallsEvidence, judgeCalls } from './judgeCalls.ts';

const record = {
  receipts: new Map([
    ['a', 'ra'],
    ['b', 'rb'],
  ]),
  ...{ problems: [], retries: {}, longestCallMs: 0 },
};
const sound: CallsEvidence = {
  ...{ count: 2, record },
  effects: [
    { key: 'a', receipt: 'ra', effects: 1 },
    { key: 'b', receipt: 'rb', effects: 1 },
  ],
  runs: [
    { key: 'a', runs: 1, retries: 0 },
    { key: 'b', runs: 2, retries: 1 },
  ],
};
const messages = (evidence: Partial<CallsEvidence>) =>
  judgeCalls({ ...sound, ...evidence }).failures.map(({ message }) => message);

it('finds nothing where each action had one effect and its answer', () => {
  expect(judgeCalls(sound)).toEqual({ passed: 2, failures: [] });
});

it('finds an effect that happened twice, and one that did not happen', () => {
  const [a, b] = [{ key: 'a', receipt: 'ra', effects: 2 }, ...sound.effects.slice(1)];
  expect(messages({ effects: a && b ? [a, b] : [] })).toEqual(['a had 2 effects']);
  expect(messages({ effects: sound.effects.slice(1) })).toEqual([
    'a was answered and has no effect',
    '1 of 2 actions had an effect',
  ]);
});

it('finds an answer that is not that of the effect, and one that never came', () => {
  const receipts = new Map([['a', 'other']]);
  expect(messages({ record: { ...record, receipts, problems: ['b: did not settle'] } })).toEqual([
    'b: did not settle',
    'a was answered other, and its effect is ra',
    'b had an effect, and its caller no answer',
  ]);
});

it('finds a call that was begun again and not marked as a retry', () => {
  const runs = [{ key: 'a', runs: 2, retries: 0 }];
  expect(messages({ runs })).toEqual(['a was begun 2 times, 0 as a retry']);
});
