import { openRedisBroker } from '@roomcast/example-ticketing/server/live/openRedisBroker';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import type { SharedStores } from '../stores/openStores.ts';
import { followLog } from './followLog.ts';
import { openWatchers } from './openWatchers.ts';
import { Tally } from './tally.ts';

export interface CountingOptions {
  /** The proxy. */
  readonly url: string;
  readonly stores: SharedStores;
  readonly eventIds: readonly string[];
}

/** What compares the log with what reaches pages. */
export interface Counting extends AsyncDisposable {
  readonly tally: Tally;
  /** Resolves once all watchers are in their rooms. */
  joined(): Promise<void>;
  /** Asks the log now where it stands. @throws while there is no Redis */
  ask(): Promise<void>;
}

/** As many for each event as there are nodes, so that it mostly has a watcher on each. */
const perEvent = 3;

export async function startCounting(options: CountingOptions): Promise<Counting> {
  const { url, stores, eventIds } = options;
  await using stack = new AsyncDisposableStack();
  const broker = stack.use(await openRedisBroker(stores.redisUrl, stores.log));
  const tally = new Tally();
  const rooms = eventIds.map((eventId) => eventContract.formatRoom('event', { eventId }));
  const log = stack.adopt(followLog(broker, rooms, tally), (follower) => follower.close());
  await log.ask();
  const watchers = stack.adopt(openWatchers({ url, eventIds, perEvent, tally }), (open) =>
    open.close(),
  );
  const everything = stack.move();
  return {
    tally,
    joined: () => watchers.joined(),
    ask: () => log.ask(),
    [Symbol.asyncDispose]: () => everything.disposeAsync(),
  };
}
