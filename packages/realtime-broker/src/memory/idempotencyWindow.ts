import type { Clock, PublishResult } from '@roomcast/realtime-contract';

/** How long a key is remembered. */
export const idempotencyWindowMs: number = 5 * 60_000;

/** The most keys that are remembered; the oldest go first. */
const maxKeys = 100_000;

/** Remembers the results of recent publishes, so that a retry gets the first one's. */
export class IdempotencyWindow {
  readonly #results = new Map<string, { result: PublishResult; expiresAtMs: number }>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  find(room: string, key: string): PublishResult | undefined {
    const entry = this.#results.get(entryKey(room, key));
    return entry && entry.expiresAtMs > this.#clock.now() ? entry.result : undefined;
  }

  remember(room: string, key: string, result: PublishResult): void {
    const now = this.#clock.now();
    this.#results.delete(entryKey(room, key));
    this.#results.set(entryKey(room, key), { result, expiresAtMs: now + idempotencyWindowMs });
    for (const [oldest, { expiresAtMs }] of this.#results) {
      if (expiresAtMs > now && this.#results.size <= maxKeys) break;
      this.#results.delete(oldest);
    }
  }
}

/** The length says where the room ends, whatever characters room and key hold. */
function entryKey(room: string, key: string): string {
  return `${room.length} ${room}${key}`;
}
