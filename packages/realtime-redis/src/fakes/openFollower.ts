import type { GapReason, Position } from '@roomcast/realtime-contract';
import type { RedisBroker } from '../redisBroker.ts';

/** What a follower was told, in order. */
type Told =
  | { readonly payload: unknown; readonly position: Position }
  | { readonly gap: GapReason; readonly now: Position };

/** Follows a room and keeps a record of it. */
export interface Follower {
  readonly told: readonly Told[];
  readonly payloads: readonly unknown[];
  readonly gaps: readonly GapReason[];
  /**
   * Where it stands by what it was told.
   *
   * @throws an error for what came twice, out of order or behind something that is missing
   */
  standsAt(): Position;
}

export async function openFollower(broker: RedisBroker, room: string): Promise<Follower> {
  const told: Told[] = [];
  const { position: start } = await broker.subscribe(room, {
    onPublication: ({ payload, position }) => told.push({ payload, position }),
    onGap: (gap, now) => told.push({ gap, now }),
  });
  return {
    told,
    get payloads() {
      return told.flatMap((one) => ('gap' in one ? [] : [one.payload]));
    },
    get gaps() {
      return told.flatMap((one) => ('gap' in one ? [one.gap] : []));
    },
    standsAt() {
      let known = start;
      for (const one of told) {
        const next = 'gap' in one ? one.now : one.position;
        const isNext = next.epoch === known.epoch && next.offset === known.offset + 1;
        if (!('gap' in one || isNext)) {
          throw new Error(`${JSON.stringify(next)} came after ${JSON.stringify(known)}.`);
        }
        known = next;
      }
      return known;
    },
  };
}
