import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '@roomcast/example-ticketing/server/database/openDatabase';
import { selectAll } from '@roomcast/example-ticketing/server/database/rows';
import type { LogOptions } from '@roomcast/example-ticketing/server/live/openRedisBroker';
import { type OwnRedis, startOwnRedis } from './startOwnRedis.ts';

/** What all processes of the shop share. */
export interface SharedStores {
  /** The SQLite file: what is true. */
  readonly database: string;
  /** The log of the rooms, who is present in them, and what the nodes tell each other. */
  readonly redisUrl: string;
  readonly log: LogOptions;
}

/** The stores of one run. Their data goes with them. */
export interface OwnStores extends AsyncDisposable {
  readonly stores: SharedStores;
  readonly redis: OwnRedis;
  /** The events that the database was seeded with. */
  readonly eventIds: readonly string[];
}

/** @param history - how many publications of each room are kept; undefined for the broker's default */
export async function openStores(history: number | undefined): Promise<OwnStores> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.adopt(await mkdtemp(join(tmpdir(), 'roomcast-cluster-')), (path) =>
    rm(path, { recursive: true }),
  );
  const redis = stack.use(await startOwnRedis());
  const file = join(folder, 'shop.sqlite');
  // Made and filled here, before several processes open it at once.
  using database = openDatabase(file);
  const events = selectAll<{ id: string }>(database, 'SELECT id FROM events ORDER BY starts_at');
  const log: LogOptions = {
    // Redis writes to disk before it answers, so a restart has lost nothing.
    trustsPersistence: true,
    ...(history !== undefined && { history: { maxPublications: history } }),
  };
  const everything = stack.move();
  return {
    stores: { database: file, redisUrl: redis.url, log },
    ...{ redis, eventIds: events.map(({ id }) => id) },
    [Symbol.asyncDispose]: () => everything.disposeAsync(),
  };
}
