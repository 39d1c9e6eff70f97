import { setInterval } from 'node:timers/promises';
import type { RedisBroker } from '@roomcast/realtime-redis';
import type { Tally } from './tally.ts';

/** The log, asked again and again where it stands. */
export interface LogFollower {
  /** Asks now. @throws while there is no Redis */
  ask(): Promise<void>;
  close(): Promise<void>;
}

const everyMs = 250;

/** Tells the tally where the log of each room stands, past all nodes. */
export function followLog(
  broker: Pick<RedisBroker, 'position'>,
  rooms: readonly string[],
  tally: Tally,
): LogFollower {
  const end = new AbortController();

  async function ask(): Promise<void> {
    const positions = await Promise.all(rooms.map((room) => broker.position(room)));
    for (const [index, room] of rooms.entries()) {
      const position = positions[index];
      if (position) tally.logAt(room, position);
    }
  }

  async function follow(): Promise<void> {
    for await (const _ of setInterval(everyMs, undefined, { signal: end.signal })) {
      // Without Redis the counters stand still, and the page shows why.
      await ask().catch(() => {});
    }
  }

  // It ends by being aborted, and in no other way.
  const following = follow().catch(() => {});
  return {
    ask,
    async close() {
      end.abort();
      await following;
    },
  };
}
