import type { Clock } from '@roomcast/realtime-contract';
import { WebhookRefusal } from './webhookRefusal.ts';
import { withTimeout } from './withTimeout.ts';

export interface DeliveryMemoryOptions {
  readonly clock: Clock;
  /** For how long a broadcast delivery is known. */
  readonly rememberMs: number;
  /** For how long it can be replayed: so long it is never forgotten, not even for want of room. */
  readonly replayableMs: number;
  readonly maxDeliveries: number;
  readonly broadcastTimeoutMs: number;
}

/** What became of a delivery: broadcast now, or already before. */
export type DeliveryOutcome = 'broadcast' | 'duplicate';

/** Lets each delivery be broadcast once. */
export class DeliveryMemory {
  readonly #options: DeliveryMemoryOptions;
  /** When each id was last seen; the oldest first. */
  readonly #seenAtMs = new Map<string, number>();
  readonly #running = new Map<string, Promise<void>>();

  constructor(options: DeliveryMemoryOptions) {
    this.#options = options;
  }

  /** How many ids are held. */
  get size(): number {
    return this.#seenAtMs.size + this.#running.size;
  }

  /**
   * Broadcasts unless that has been done for this id. One that failed may be tried again; one that
   * comes while another of its id is under way waits for it and shares its fate.
   *
   * @throws WebhookRefusal `TOO_MANY_DELIVERIES`, `BROADCAST_TIMEOUT`; what `broadcast` rejects with
   */
  async once(id: string, broadcast: () => Promise<unknown>): Promise<DeliveryOutcome> {
    this.#forgetOld();
    if (this.#seenAtMs.has(id)) {
      // A retry has a timestamp of its own, so it can be replayed for longer than the first one.
      this.#remember(id);
      return 'duplicate';
    }
    const running = this.#running.get(id);
    if (running) {
      await running;
      return 'duplicate';
    }
    this.#makeRoom();
    await this.#run(id, broadcast);
    return 'broadcast';
  }

  async #run(id: string, broadcast: () => Promise<unknown>): Promise<void> {
    const { clock, broadcastTimeoutMs: timeoutMs } = this.#options;
    // A broadcast that succeeds after its time is up has happened all the same.
    const broadcastOnce = broadcast().then(() => this.#remember(id));
    const run = withTimeout(broadcastOnce, { clock, timeoutMs, code: 'BROADCAST_TIMEOUT' });
    this.#running.set(id, run);
    try {
      await run;
    } finally {
      this.#running.delete(id);
    }
  }

  #remember(id: string): void {
    this.#seenAtMs.delete(id);
    this.#seenAtMs.set(id, this.#options.clock.now());
  }

  #forgetOld(): void {
    for (const id of this.#seenAtMs.keys()) {
      if (this.#ageMs(id) <= this.#options.rememberMs) return;
      this.#seenAtMs.delete(id);
    }
  }

  #makeRoom(): void {
    const { maxDeliveries, replayableMs } = this.#options;
    while (this.size >= maxDeliveries) {
      const [oldest] = this.#seenAtMs.keys();
      if (oldest === undefined || this.#ageMs(oldest) <= replayableMs) {
        throw new WebhookRefusal('TOO_MANY_DELIVERIES');
      }
      this.#seenAtMs.delete(oldest);
    }
  }

  #ageMs(id: string): number {
    return this.#options.clock.now() - (this.#seenAtMs.get(id) ?? 0);
  }
}
