import type { CancelTimer, Clock } from '@roomcast/realtime-contract';
import { repeat } from '../connection/repeat.ts';
import { withDeadline } from '../connection/withDeadline.ts';
import type { RedisPresence } from './redisPresence.ts';

export interface NodeLifeOptions {
  readonly presence: Pick<RedisPresence, 'renew'>;
  readonly clock: Clock;
  readonly renewMs: number;
  /** The others may have taken this process for dead. */
  onRevived(): Promise<void>;
}

/** Signs of life of this process. */
export class NodeLife {
  readonly #options: NodeLifeOptions;
  readonly #stop: CancelTimer;
  #first: Promise<void> | null = null;
  /** How often its members are restored yet: who took it for dead may be about to act on that. */
  #restoresLeft = 0;

  constructor(options: NodeLifeOptions) {
    this.#options = options;
    const { renewMs, clock } = options;
    this.#stop = repeat(() => this.#renewInTime(), renewMs, clock);
  }

  /** Resolves once the others know that this process is alive: nobody may enter before. */
  begin(): Promise<void> {
    this.#first ??= this.#options.presence.renew().then(
      () => {},
      (error: unknown) => {
        this.#first = null;
        throw error;
      },
    );
    return this.#first;
  }

  /** Redis may have lost what it knew. */
  doubt(): void {
    this.#restoresLeft = 2;
  }

  close(): void {
    this.#stop();
  }

  async #renewInTime(): Promise<void> {
    const { presence, clock, renewMs, onRevived } = this.#options;
    try {
      const wasAlive = await withDeadline(presence.renew(), renewMs, clock);
      if (!wasAlive) this.doubt();
      if (this.#restoresLeft === 0) return;
      await onRevived();
      this.#restoresLeft -= 1;
    } catch {
      // The next time comes soon.
    }
  }
}
