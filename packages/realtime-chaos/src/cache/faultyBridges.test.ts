import type { RoomPublication } from '@roomcast/realtime-client';
import type { QueryClient, QueryKey } from '@tanstack/react-query';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitrarySchedule } from './arbitrarySchedule.ts';
import { type Change, cacheSync, type Seats } from './cacheContract.ts';
import { type CreateWatch, runSchedule } from './runSchedule.ts';

type Client = Parameters<CreateWatch>[1];

/** A bridge as it is usually written by hand, with one thing done in another way. */
interface Bridge {
  readonly cancelRefetch?: boolean;
  readonly onRecovery?: 'always' | 'never' | 'all-queries' | 'after-a-gap';
  /** Whether what is patched is fetched as well. */
  readonly fetchesPatched?: boolean;
}

function bridge({
  cancelRefetch,
  onRecovery = 'after-a-gap',
  fetchesPatched,
}: Bridge): CreateWatch {
  return (queries, client) => (hallId) => {
    const invalidate = (keys: readonly QueryKey[]) => {
      for (const queryKey of keys) {
        void queries.invalidateQueries({ queryKey }, { cancelRefetch: cancelRefetch ?? true });
      }
    };
    const room = client.subscribe('hall', { hallId });
    const stops = [
      room.onPublication((publication) => {
        if (publication.event === 'sold') invalidate([['sales', hallId], ['all-sales']]);
        else if (fetchesPatched) invalidate(keyOf(publication, hallId));
        else patch(queries, hallId, publication);
      }),
      room.onRecovery(({ status }) => {
        if (onRecovery === 'never' || (onRecovery === 'after-a-gap' && status === 'resumed'))
          return;
        invalidate(onRecovery === 'all-queries' ? [[]] : cacheSync.rooms.hall({ hallId }));
      }),
    ];
    return () => {
      for (const stop of stops) stop();
      room.release();
    };
  };
}

type Publication = RoomPublication<Client['contract'], 'hall'>;

function keyOf({ event }: Publication, hallId: string): readonly QueryKey[] {
  return [[event === 'said' ? 'messages' : 'seats', hallId]];
}

function patch(queries: QueryClient, hallId: string, { event, payload }: Publication): void {
  if (!payload) return;
  if (event === 'moved') {
    const { id, value } = payload;
    queries.setQueryData<Seats>(['seats', hallId], (seats) => seats && { ...seats, [id]: value });
  } else {
    queries.setQueryData<readonly Change[]>(
      ['messages', hallId],
      (all) => all && [...all, payload],
    );
  }
}

const faults: readonly { fault: string; createWatch: CreateWatch; problem: RegExp }[] = [
  {
    fault: 'loses an event during the first fetch, or a patch to an older response',
    createWatch: bridge({}),
    problem: /is stale/,
  },
  {
    fault: 'forgets what was invalidated during a fetch',
    createWatch: bridge({ cancelRefetch: false, fetchesPatched: true }),
    problem: /\["sales|\["all-sales/,
  },
  {
    fault: 'keeps nothing of what it missed',
    createWatch: bridge({ onRecovery: 'never', fetchesPatched: true }),
    problem: /is stale|a gap of hall/,
  },
  {
    fault: 'fetches everything after every reconnect',
    createWatch: bridge({ onRecovery: 'always', fetchesPatched: true }),
    problem: /a clean resume fetched|is stale/,
  },
  {
    fault: 'fetches what the gap has nothing to do with',
    createWatch: bridge({ onRecovery: 'all-queries', fetchesPatched: true }),
    problem: /a clean resume fetched|a gap of hall . fetched|is stale/,
  },
];

describe('the cache scenario', () => {
  it.each(faults)('finds a bridge that $fault', async ({ createWatch, problem }) => {
    const property = fc.asyncProperty(arbitrarySchedule(), async (schedule) => {
      await runSchedule(schedule, createWatch);
    });
    const details = await fc.check(property, { seed: 1, numRuns: 200, endOnFailure: true });
    expect(details.failed).toBe(true);
    expect(String(details.errorInstance)).toMatch(problem);
  });
});
