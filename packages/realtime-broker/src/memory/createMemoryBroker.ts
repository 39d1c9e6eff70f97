import {
  type Clock,
  type PublicationInput,
  type PublishResult,
  type ReportError,
  RoomcastError,
  systemClock,
} from '@roomcast/realtime-contract';
import type { Broker } from '../broker.ts';
import { IdempotencyWindow } from './idempotencyWindow.ts';
import { RoomLog } from './roomLog.ts';

export interface MemoryBrokerOptions {
  /**
   * The most rooms whose position is kept; past it the longest quiet rooms without followers are
   * forgotten, and begin a new epoch when they are used again.
   * @default 100_000
   */
  readonly maxRooms?: number;
  /** @default the machine's clock */
  readonly clock?: Clock;
  /** Receives what a listener throws. @default ignored */
  readonly onError?: ReportError;
}

/** A log in this process: for one node, for development and for tests. */
export function createMemoryBroker(options: MemoryBrokerOptions = {}): Broker {
  const { maxRooms = 100_000, clock = systemClock, onError = () => {} } = options;
  if (!Number.isSafeInteger(maxRooms) || maxRooms < 1) {
    throw new RoomcastError(
      'INVALID_CONFIG',
      `Expected \`maxRooms\` to be a positive whole number, got \`${maxRooms}\`.`,
    );
  }
  const rooms = new Map<string, RoomLog>();
  const published = new IdempotencyWindow(clock);
  let isClosed = false;

  /** The room's log, moved to the end of the map, so that the front holds the longest quiet ones. */
  function use(room: string): RoomLog {
    if (isClosed) throw new RoomcastError('CLOSED', 'The broker is closed.');
    const log = rooms.get(room) ?? new RoomLog();
    rooms.delete(room);
    rooms.set(room, log);
    if (rooms.size > maxRooms) forgetQuietRooms(log);
    return log;
  }

  /** The room in use stays even where nobody follows it yet: its first follower is about to. */
  function forgetQuietRooms(inUse: RoomLog): void {
    for (const [room, log] of rooms) {
      if (rooms.size <= maxRooms) return;
      if (log !== inUse && !log.isFollowed) rooms.delete(room);
    }
  }

  async function publish(input: PublicationInput): Promise<PublishResult> {
    const { room, idempotencyKey } = input;
    const log = use(room);
    const earlier = idempotencyKey === undefined ? undefined : published.find(room, idempotencyKey);
    if (earlier) return earlier;
    const publication = log.append(input, clock.now());
    const result = { position: publication.position };
    if (idempotencyKey !== undefined) published.remember(room, idempotencyKey, result);
    log.deliver(publication, onError);
    return result;
  }

  return {
    publish,
    async subscribe(room, listener) {
      const log = use(room);
      return { position: log.position, unsubscribe: log.follow(listener) };
    },
    async read(room, since) {
      return use(room).readSince(since);
    },
    async position(room) {
      return use(room).position;
    },
    health: () => ({ status: isClosed ? 'down' : 'up' }),
    async close() {
      isClosed = true;
      for (const log of rooms.values()) log.close();
      rooms.clear();
    },
  };
}
