import type { Query } from '@tanstack/react-query';
import { SnapshotStream, type SnapshotStreamOptions } from './snapshotStream.ts';

interface Shared {
  uses: number;
  readonly stream: SnapshotStream;
}

const streams = new WeakMap<Query, Map<string, Shared>>();

/**
 * Changes the data of a query by the stream of a room, once for all who ask for the same.
 *
 * @returns a function that gives this use up, harmless when called twice
 */
export function shareSnapshotStream(options: SnapshotStreamOptions): () => void {
  const { query, target } = options;
  const byRoom = streams.get(query) ?? new Map<string, Shared>();
  streams.set(query, byRoom);
  const name = JSON.stringify(target);
  const shared = byRoom.get(name) ?? { uses: 0, stream: new SnapshotStream(options) };
  byRoom.set(name, shared);
  shared.uses += 1;
  let isGivenUp = false;
  return () => {
    if (isGivenUp) return;
    isGivenUp = true;
    shared.uses -= 1;
    if (shared.uses > 0) return;
    byRoom.delete(name);
    shared.stream.stop();
  };
}
