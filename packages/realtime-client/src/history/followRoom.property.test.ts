import type { Position } from '@roomcast/realtime-contract';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { finish, openStage, type Stage, type Step, schedules, take } from '../fakes/runSchedule.ts';
import { followRoom } from './followRoom.ts';

vi.mock('../socket-io/openTransport.ts', () => import('../fakes/openTransport.ts'));

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});

afterEach(() => {
  vi.useRealTimers();
});

interface Follower {
  readonly since: Position;
  readonly heard: string[];
  readonly isEnded: () => boolean;
}

/** Follows the room from a snapshot that was taken now or a while ago. */
function startFollow({ fake }: Stage, since: Position): Follower {
  const heard: string[] = [];
  const follow = followRoom(fake.client, ['event', { eventId: '42' }], {
    since,
    onPublication: ({ delivery, payload }) => heard.push(`${delivery} ${payload}`),
    onGap: () => heard.push('gap'),
  });
  return { since, heard, isEnded: () => follow.state.status === 'ended' };
}

/** Runs a schedule in two parts: between them a snapshot is taken, and after a while followed. */
async function run(parts: readonly (readonly Step[])[]) {
  const stage = await openStage();
  const [before = [], between = [], after = []] = parts;
  await take(stage, ...before);
  const snapshot = stage.server.position;
  await take(stage, ...between);
  const followers = [snapshot, stage.server.position].map((since) => startFollow(stage, since));
  await take(stage, ...after);
  await finish(stage);
  expect(stage.fake.onError).not.toHaveBeenCalled();
  return { followers, end: stage.server.position };
}

/** Every reliable event after the snapshot, once and in order, up to the gap that ends it. */
function expectWhole({ since, heard, isEnded }: Follower, end: Position): void {
  const reliable = heard.filter((line) => line.startsWith('reliable'));
  expect(reliable).toEqual(
    reliable.map((_, index) => `reliable ${since.epoch} ${since.offset + index + 1}`),
  );
  const revisions = heard.filter((line) => line.startsWith('latest')).map((line) => line.slice(7));
  const [, oldest] = revisions[0]?.split(' ') ?? [];
  if (oldest !== undefined) expect(Number(oldest)).toBeGreaterThan(since.revision);
  expect(new Set(revisions).size).toBe(revisions.length);
  expect(heard.filter((line) => line === 'gap')).toHaveLength(isEnded() ? 1 : 0);
  if (isEnded()) {
    expect(heard.at(-1)).toBe('gap');
    return;
  }
  expect(end.epoch).toBe(since.epoch);
  expect(since.offset + reliable.length).toBe(end.offset);
  if (end.revision > since.revision) {
    expect(revisions.at(-1)).toBe(`${end.epoch} ${end.revision}`);
  }
}

const inParts = (...faults: readonly Step[]) =>
  fc.tuple(...[1, 2, 3].map(() => schedules(...faults)));

describe('a room that is followed from a snapshot', () => {
  it('is heard once and in order up to a gap, whatever the server and the network do', async () => {
    const all = inParts('cut', 'lose', 'repeat', 'trim', 'restart', 'wait');
    await fc.assert(
      fc.asyncProperty(all, async (parts) => {
        const { followers, end } = await run(parts);
        for (const follower of followers) expectWhole(follower, end);
      }),
      { numRuns: 250 },
    );
  }, 60_000);

  it('has no gap as long as the log has all of it', async () => {
    await fc.assert(
      fc.asyncProperty(inParts('cut', 'repeat', 'wait'), async (parts) => {
        const { followers, end } = await run(parts);
        for (const follower of followers) {
          expectWhole(follower, end);
          expect(follower.isEnded()).toBe(false);
        }
      }),
      { numRuns: 250 },
    );
  }, 60_000);
});
