import type { Broker } from '@roomcast/realtime-broker';
import type { GapReason, Position, Publication } from '@roomcast/realtime-contract';
import { expect, vi } from 'vitest';

/** A room that is followed in two brokers. */
export interface Followed {
  /** Where it began, in each. */
  readonly positions: readonly [Position, Position];
  /** All that was heard of each, once the other has heard as much as the first. */
  heard(): Promise<readonly [readonly unknown[], readonly unknown[]]>;
  unsubscribe(): void;
}

/** @param brokers - the first hands on what is published at once, the other in its time */
export async function followBoth(
  [one, other]: readonly [Broker, Broker],
  room: string,
): Promise<Followed> {
  const heard: readonly [unknown[], unknown[]] = [[], []];
  const listener = (all: unknown[]) => ({
    onPublication: (publication: Publication) => void all.push(publication),
    onGap: (gap: GapReason, now: Position) => void all.push({ gap, now }),
  });
  const first = await one.subscribe(room, listener(heard[0]));
  const second = await other.subscribe(room, listener(heard[1]));
  return {
    positions: [first.position, second.position],
    async heard() {
      const isThere = () => expect(heard[1].length).toBeGreaterThanOrEqual(heard[0].length);
      await vi.waitFor(isThere, { timeout: 3_000, interval: 1 });
      return heard;
    },
    unsubscribe() {
      first.unsubscribe();
      second.unsubscribe();
    },
  };
}
