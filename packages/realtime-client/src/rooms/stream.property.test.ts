import type { Position } from '@roomcast/realtime-contract';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { finish, openStage, type Step, schedules, take } from '../fakes/runSchedule.ts';

vi.mock('../socket-io/openTransport.ts', () => import('../fakes/openTransport.ts'));

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});

afterEach(() => {
  vi.useRealTimers();
});

async function run(schedule: readonly Step[]) {
  const stage = await openStage();
  const joinedAt = stage.server.position;
  await take(stage, ...schedule);
  await finish(stage);
  const { room, server, fake } = stage;
  expect(room.state).toEqual({ status: 'joined' });
  expect(room.position).toEqual(server.position);
  expect(fake.onError).not.toHaveBeenCalled();
  await fake.client.close();
  expect(vi.getTimerCount()).toBe(0);
  return { heard: fake.heard, joinedAt, end: server.position };
}

/**
 * Follows what was heard: each reliable event once and in order, nothing left out without a gap
 * before it, and with the number left out where one was told.
 */
function expectWhole({ heard, joinedAt, end }: Awaited<ReturnType<typeof run>>): void {
  let known: Pick<Position, 'epoch' | 'offset'> = joinedAt;
  let missed: number | null = 0;
  for (const line of heard) {
    const [, what, first = '', second = ''] = line.split(' ');
    if (what === 'gap') missed = second === '?' || missed === null ? null : missed + Number(second);
    if (what !== 'reliable') continue;
    const next = { epoch: first, offset: Number(second) };
    const isKnown = next.epoch === known.epoch && next.offset <= known.offset;
    expect(isKnown, `${line} in\n${heard.join('\n')}`).toBe(false);
    const expected = { epoch: known.epoch, offset: known.offset + (missed ?? 0) + 1 };
    if (missed !== null) expect(next, heard.join('\n')).toEqual(expected);
    [known, missed] = [next, 0];
  }
  expect(known).toEqual({ epoch: end.epoch, offset: end.offset });
}

describe('the stream of a room', () => {
  it('is heard once, in order, and every loss is told, whatever the server and the network do', async () => {
    const all = schedules('cut', 'lose', 'repeat', 'trim', 'restart', 'rejoin', 'wait');
    await fc.assert(
      fc.asyncProperty(all, async (schedule) => {
        const result = await run(schedule);
        expectWhole(result);
        const latest = result.heard.filter((line) => line.includes(': latest ')).at(-1);
        expect(latest).toBe(`42: latest ${result.end.epoch} ${result.end.revision}`);
      }),
      { numRuns: 1_000 },
    );
  }, 60_000);

  it('has no gap as long as the log has all of it', async () => {
    await fc.assert(
      fc.asyncProperty(schedules('cut', 'repeat', 'rejoin', 'wait'), async (schedule) => {
        const result = await run(schedule);
        expectWhole(result);
        expect(result.heard.filter((line) => line.includes(' gap '))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  }, 60_000);
});
