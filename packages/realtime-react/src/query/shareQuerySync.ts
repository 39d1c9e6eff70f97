import type { RealtimeClient } from '@roomcast/realtime-client';
import type { AnyContract, Position } from '@roomcast/realtime-contract';
import type { QueryClient } from '@tanstack/react-query';
import type { RoomTarget } from '../rooms/roomTarget.ts';
import type { QuerySync } from './querySync.ts';
import { RoomSync } from './roomSync.ts';
import { syncedQueriesOf } from './syncedQueries.ts';

/** The sync of one room, and up to where it went when nobody used it any more. */
interface Shared {
  uses: number;
  sync: RoomSync | null;
  since: Position | null;
}

type SharedByRoom = Map<string, Shared>;

/** The most rooms of which is known up to where their queries were kept true. */
const maxRemembered = 200;

const shares = new WeakMap<
  RealtimeClient<AnyContract>,
  WeakMap<QueryClient, WeakMap<QuerySync, SharedByRoom>>
>();

/**
 * Keeps the queries of a room true. One sync runs for all who ask for the same, and who comes back
 * while nothing was published goes on where it ended.
 *
 * @returns a function that gives this use up, harmless when called twice
 */
export function shareQuerySync(
  client: RealtimeClient<AnyContract>,
  queries: QueryClient,
  sync: QuerySync,
  target: RoomTarget,
): () => void {
  const byRoom = sharesOf(client, queries, sync);
  const name = JSON.stringify(target);
  const shared = byRoom.get(name) ?? { uses: 0, sync: null, since: null };
  remember(byRoom, name, shared);
  shared.uses += 1;
  shared.sync ??= new RoomSync({
    ...{ client, sync, target, since: shared.since },
    synced: syncedQueriesOf(queries, client.ports),
  });
  let isGivenUp = false;
  return () => {
    if (isGivenUp) return;
    isGivenUp = true;
    shared.uses -= 1;
    if (shared.uses > 0) return;
    shared.since = shared.sync?.stop() ?? null;
    shared.sync = null;
  };
}

/** The rooms that were not used for longest are forgotten. */
function remember(byRoom: SharedByRoom, name: string, shared: Shared): void {
  byRoom.delete(name);
  byRoom.set(name, shared);
  if (byRoom.size <= maxRemembered) return;
  for (const [oldest, { uses }] of byRoom) {
    if (uses > 0) continue;
    byRoom.delete(oldest);
    return;
  }
}

function sharesOf(
  client: RealtimeClient<AnyContract>,
  queries: QueryClient,
  sync: QuerySync,
): SharedByRoom {
  const byQueries = entryOf(shares, client, () => new WeakMap());
  const bySync = entryOf(byQueries, queries, () => new WeakMap());
  return entryOf(bySync, sync, () => new Map());
}

function entryOf<Key extends WeakKey, Value>(
  map: WeakMap<Key, Value>,
  key: Key,
  create: () => Value,
): Value {
  const value = map.get(key) ?? create();
  map.set(key, value);
  return value;
}
