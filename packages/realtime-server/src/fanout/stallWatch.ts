import type { Clock } from '@roomcast/realtime-contract';
import { repeat } from '../operations/repeat.ts';
import type { Session } from '../session/session.ts';

/** How often the queues are looked at within the time that one may stand still. */
const looksPerTimeout = 4;

export interface StallWatchHost {
  readonly clock: Clock;
  /** How long the queue of a connection may stand still, in milliseconds. */
  readonly stallTimeoutMs: number;
  sessions(): readonly Session[];
  onStalled(session: Session): void;
}

/** A queue when it was last seen to move. */
interface Sighting {
  readonly waitingBytes: number;
  readonly takenBytes: number;
  readonly atMs: number;
}

/**
 * Looks for connections that wait to be written to and take nothing, as those do whose client has
 * stopped reading: a client may answer pings all the same.
 *
 * @returns a function that stops it
 */
export function watchStalls({ clock, stallTimeoutMs, ...host }: StallWatchHost): () => void {
  const sightings = new WeakMap<Session, Sighting>();

  function look(session: Session): void {
    const { waitingBytes, takenBytes } = session.connection;
    const last = sightings.get(session);
    const atMs = clock.now();
    if (waitingBytes === 0) {
      sightings.delete(session);
    } else if (!last || takenBytes !== last.takenBytes || waitingBytes < last.waitingBytes) {
      sightings.set(session, { waitingBytes, takenBytes, atMs });
    } else if (atMs - last.atMs >= stallTimeoutMs) {
      host.onStalled(session);
    }
  }

  return repeat(stallTimeoutMs / looksPerTimeout, clock, () => {
    for (const session of host.sessions()) look(session);
  });
}
