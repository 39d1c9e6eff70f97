import { expect, it } from 'vitest';
import { DeliveryCounts } from './deliveryCounts.ts';
import { MemberRecord } from './memberRecord.ts';

function member() {
  const counts = new DeliveryCounts();
  const record = new MemberRecord(counts);
  const accept = (epoch: string, ...sequences: (number | null)[]) => {
    for (const sequence of sequences) record.accept({ sequence, epoch, latencyUs: 1_000 });
  };
  return { counts, record, accept };
}

it('is compared with what its room was given since it joined', () => {
  const { counts, record, accept } = member();
  record.begin({ base: 10, epoch: 'a' });
  accept('a', 11, 14, 13, 14);
  expect(counts.counts).toEqual({ delivered: 3, duplicates: 1, outOfOrder: 1 });
  expect(record.highest).toBe(14);
  expect(record.compare({ last: 15, uncounted: [12] })).toEqual({ expected: 4, lost: 1 });
});

it('may hear something before it knows that it has joined', () => {
  const { record, accept } = member();
  accept('a', 11);
  record.begin({ base: 10, epoch: 'a' });
  accept('a', 13);
  expect(record.compare({ last: 13, uncounted: [] })).toEqual({ expected: 3, lost: 1 });
});

it('goes on with the numbers of another life of the log', () => {
  const { record, accept } = member();
  record.begin({ base: 0, epoch: 'a' });
  accept('a', 1, 3);
  accept('b', 1, 2);
  expect(record.compare({ last: 3, uncounted: [] })).toEqual({ expected: 6, lost: 2 });
});

it('counts what has no number, and expects none of it', () => {
  const { counts, record, accept } = member();
  record.begin({ base: null, epoch: '' });
  accept('a', null, null);
  expect(counts.counts.delivered).toBe(2);
  expect(record.compare({ last: 9, uncounted: [] })).toEqual({ expected: 0, lost: 0 });
});
