import {
  ByteCount,
  defaultRoomBounds,
  payloadText,
  type RoomBounds,
  RoomLog,
} from '@roomcast/realtime-broker/log';
import type { Clock, GapReason, Publication, PublicationInput } from '@roomcast/realtime-contract';
import { assertWholeNumbers } from '../assertWholeNumbers.ts';

/** How long a room has been quiet that nothing was published to, in milliseconds. */
const quietForMs = 3_600_000;

/** Why a log may not reach back to where somebody stands. */
export type LossReason = Exclude<GapReason, 'unauthorized'>;

/** The logs of the rooms: those of the server, of which each is a room's whole truth. */
export class MockLogs {
  readonly #clock: Clock;
  readonly #logs = new Map<string, RoomLog>();
  readonly #bounds: RoomBounds;
  readonly #limited = new Set<string>();

  /** @throws RoomcastError `INVALID_CONFIG`, naming the option */
  constructor(clock: Clock, maxPublications: number = defaultRoomBounds.history.maxPublications) {
    assertWholeNumbers(0, { maxPublications });
    this.#clock = clock;
    const { history, latest } = defaultRoomBounds;
    this.#bounds = { history: { ...history, maxPublications }, latest };
  }

  use(room: string): RoomLog {
    const log = this.#logs.get(room) ?? this.#begin(room);
    log.history.expire(this.#clock.now());
    return log;
  }

  /** @throws RoomcastError `INVALID_PAYLOAD` for what JSON cannot hold */
  append(input: PublicationInput): Publication {
    const text = payloadText(input);
    return this.use(input.room).append(input, text, this.#clock.now());
  }

  /** Publishes so many `reliable` events that nobody will ever hear of. */
  lose(room: string, reason: LossReason, missed: number): void {
    if (reason === 'epoch-changed') {
      this.#begin(room);
      return;
    }
    for (let index = 0; index < missed; index += 1) {
      this.append({ room, event: '', payload: null, delivery: 'reliable' });
    }
    const { history } = this.use(room);
    if (reason === 'limit') this.#limited.add(room);
    else if (reason === 'expired') history.expire(Number.POSITIVE_INFINITY);
    else history.clear();
  }

  /** Whether what was lost was more than the server replays. Told once. */
  takeLimit(room: string): boolean {
    return this.#limited.delete(room);
  }

  #begin(room: string): RoomLog {
    const quietSinceMs = this.#clock.now() - quietForMs;
    const log = new RoomLog(room, this.#bounds, new ByteCount(), quietSinceMs);
    this.#logs.set(room, log);
    return log;
  }
}
