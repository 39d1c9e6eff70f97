import {
  type PublicationInput,
  type PublishResult,
  RoomcastError,
} from '@roomcast/realtime-contract';
import type { Broker } from '../broker.ts';
import { IdempotencyWindow } from './idempotencyWindow.ts';
import { type MemoryBrokerOptions, parseMemoryBrokerOptions } from './memoryBrokerOptions.ts';
import { payloadText } from './payloadText.ts';
import type { RoomLog } from './roomLog.ts';
import { RoomTable } from './roomTable.ts';

/**
 * A log in this process: for one node, for development and for tests.
 *
 * @throws RoomcastError `INVALID_CONFIG`
 */
export function createMemoryBroker(options: MemoryBrokerOptions = {}): Broker {
  const { clock, onError, ...bounds } = parseMemoryBrokerOptions(options);
  const rooms = new RoomTable(bounds, clock.now());
  const published = new IdempotencyWindow(clock);
  let isClosed = false;

  function assertOpen(): void {
    if (isClosed) throw new RoomcastError('CLOSED', 'The broker is closed.');
  }

  function use(room: string): RoomLog {
    assertOpen();
    return rooms.use(room, clock.now());
  }

  async function publish(given: PublicationInput): Promise<PublishResult> {
    assertOpen();
    const { room, idempotencyKey } = given;
    const earlier = idempotencyKey === undefined ? undefined : published.find(room, idempotencyKey);
    if (earlier) return earlier;
    const input = given.removed ? { ...given, payload: null } : given;
    // Before the room is looked at: `toJSON` of a payload may do anything, even publish.
    const text = payloadText(input);
    const log = use(room);
    const publication = log.append(input, text, clock.now());
    const result = { position: publication.position };
    if (idempotencyKey !== undefined) published.remember(room, idempotencyKey, result);
    rooms.trim(log, publication.publishedAtMs);
    log.followers.deliver(publication, onError);
    return result;
  }

  return {
    publish,
    async subscribe(room, listener) {
      const log = use(room);
      const unfollow = log.followers.add(listener);
      rooms.touch(log);
      return {
        position: log.position,
        unsubscribe() {
          if (unfollow()) rooms.touch(log);
        },
      };
    },
    async read(room, since, limits) {
      return use(room).read(since, limits);
    },
    async position(room) {
      return use(room).position;
    },
    health: () => ({ status: isClosed ? 'down' : 'up' }),
    async close() {
      isClosed = true;
      rooms.clear();
    },
  };
}
