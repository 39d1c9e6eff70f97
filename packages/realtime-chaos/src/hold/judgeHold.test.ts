import { expect, it } from 'vitest';
import type { HoldersRecord } from './holdersPart.ts';
import { type HoldEvidence, judgeHold } from './judgeHold.ts';
import { LatencyCounts } from './latencyCounts.ts';

function recordOf(changes: Partial<HoldersRecord> = {}, latencyMs = 20): HoldersRecord {
  const latencies = new LatencyCounts();
  for (let count = 0; count < 4; count += 1) latencies.add(latencyMs);
  return { failed: [], dropped: [], unsound: 0, latencies: latencies.counts, ...changes };
}
const sound: HoldEvidence = {
  ...{ connections: 4, announced: 2, records: [recordOf(), recordOf()], ended: 0, isFull: true },
};
const messages = (evidence: Partial<HoldEvidence>) =>
  judgeHold({ ...sound, ...evidence }).failures.map(({ message }) => message);

it('finds nothing where all were held and heard everything', () => {
  expect(judgeHold(sound)).toMatchObject({
    ...{ passed: 4, failures: [] },
    figures: { deliveries: 8, dropped: 0, heardP99Ms: 20 },
  });
});

it('finds one that was not let in, and one that was dropped, as either side says', () => {
  expect(
    messages({ records: [recordOf({ failed: ['no'] }), recordOf({ dropped: ['1006'] })] }),
  ).toEqual(['1 were not let in: no', '1 were dropped: 1006']);
  expect(messages({ ended: 1 })).toEqual(['the servers have ended 1 sessions']);
});

it('finds one that has missed an announcement, and a run without any', () => {
  expect(messages({ records: [recordOf({ unsound: 1 })] })).toEqual([
    '1 did not hear each announcement once and in order',
  ]);
  expect(messages({ announced: 0 })).toEqual(['nothing was announced']);
});

it('finds announcements that came late, by what the scale allows', () => {
  const late = { records: [recordOf({}, 1_001)] };
  expect(messages(late)).toEqual(['announcements were heard after 1001 ms, p99']);
  expect(messages({ ...late, isFull: false })).toEqual([]);
});
