import { expect, it, vi } from 'vitest';
import { addEncoded, createHistogram } from '../figures/histogram.ts';
import type { PublishPlan } from '../plan/publishPlan.ts';
import { findStamp } from '../schedule/stamp.ts';
import { publishOnSchedule } from './publishOnSchedule.ts';

function planOf(perSecond: number, publications: number): PublishPlan {
  const input = { to: '{room}', number: '{n}', text: '{stamp}' };
  return {
    ...({ target: {} } as Pick<PublishPlan, 'target'>),
    ...{ run: 'r1', rooms: ['a', 'b'], payloadBytes: 200, tokens: [null] },
    publishing: { by: 'action', action: 'say', input },
    schedule: { perSecond, publications, rooms: 2 },
  };
}

const running = () => ({ signal: new AbortController().signal, onSent: vi.fn() });

it('keeps to its schedule although nothing is answered', async () => {
  const sent: Record<string, string>[] = [];
  let answer = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const events = running();
  const published = publishOnSchedule(
    planOf(500, 20),
    {
      publish: (_, input) => {
        sent.push(input as Record<string, string>);
        return answered;
      },
      close() {},
    },
    events,
  );
  await vi.waitFor(() => expect(sent).toHaveLength(20));
  answer();
  const { attempted, ends, lateness } = await published;
  expect(attempted).toBe(20);
  expect(events.onSent).toHaveBeenCalledTimes(20);
  expect(ends).toEqual([10, 10].map((last) => ({ last, uncounted: [] })));
  expect(sent[1]).toMatchObject({ to: 'b', number: '2' });
  expect(sent[1]?.text).toHaveLength(200);
  const stamps = sent.map((input) => findStamp('r1', input));
  const gaps = stamps.map(
    (stamp, index) => (stamp?.intendedUs ?? 0) - (stamps[0]?.intendedUs ?? 0) - index * 2_000,
  );
  // What is stamped is the plan, to the microsecond, and not when it was done.
  expect(Math.max(...gaps.map(Math.abs))).toBeLessThanOrEqual(1);
  const late = createHistogram();
  addEncoded(late, lateness);
  expect(late.totalCount).toBe(20);
});

it('tells which were not published, and why', async () => {
  const { failures, ends } = await publishOnSchedule(
    planOf(2_000, 6),
    {
      async publish(room) {
        if (room === 1) throw new Error('Hush.');
      },
      close() {},
    },
    running(),
  );
  expect(failures).toEqual({ 'Hush.': 3 });
  expect(ends).toEqual([
    { last: 3, uncounted: [] },
    { last: 3, uncounted: [1, 2, 3] },
  ]);
});

it('stops amid its schedule', async () => {
  const stopped = new AbortController();
  const { attempted } = await publishOnSchedule(
    planOf(0.001, 6),
    { publish: async () => stopped.abort(), close() {} },
    { signal: stopped.signal, onSent() {} },
  );
  expect(attempted).toBe(1);
});
