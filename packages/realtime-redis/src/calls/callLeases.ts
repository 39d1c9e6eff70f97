import type { OwnedCall } from '@roomcast/realtime-broker';
import type { CancelTimer, Clock, ReportError } from '@roomcast/realtime-contract';
import { repeat } from '../connection/repeat.ts';
import { withDeadline } from '../connection/withDeadline.ts';
import type { RedisCalls, Turn } from './redisCalls.ts';

export interface CallLeasesOptions {
  readonly calls: RedisCalls;
  readonly leaseMs: number;
  readonly clock: Clock;
  readonly onError: ReportError;
}

interface Lease extends Turn {
  readonly retry: boolean;
}

/** The calls that this process does, whose leases are renewed for as long as that takes. */
export class CallLeases {
  readonly #options: CallLeasesOptions;
  readonly #held = new Set<Lease>();
  /** Outcomes that are on their way. */
  readonly #sent = new Set<Promise<void>>();
  readonly #renewAfterMs: number;
  readonly #stop: CancelTimer;
  #isClosed = false;

  constructor(options: CallLeasesOptions) {
    this.#options = options;
    this.#renewAfterMs = Math.ceil(options.leaseMs / 3);
    this.#stop = repeat(() => this.#renewAll(), this.#renewAfterMs, options.clock);
  }

  /** Begins to renew the lease of a call that was just handed out. */
  hold(turn: Turn, retry: boolean): OwnedCall {
    const lease: Lease = { ...turn, retry };
    this.#held.add(lease);
    let ended: 'done' | 'told' | null = null;
    const end = async (state: 'done' | 'told', outcome: string) => {
      const isLate = ended === 'done' || ended === state;
      if (isLate || this.#isClosed) return;
      ended = state;
      this.#held.delete(lease);
      await this.#send(lease, state, outcome);
    };
    return {
      ...{ status: 'owned', retry },
      settle: (outcome) => end('done', outcome),
      abandon: (outcome) => end('told', outcome),
    };
  }

  /** Lets all leases end, and resolves once what was sent has settled. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#stop();
    this.#held.clear();
    await Promise.all(this.#sent);
  }

  #send(turn: Turn, state: 'done' | 'told', outcome: string): Promise<void> {
    const { calls, onError } = this.#options;
    const sent = calls
      .end(turn, state, outcome)
      // Its lease ends: it will be handed out again, as a retry.
      .catch((error: unknown) => onError(error, 'call outcome'))
      .finally(() => this.#sent.delete(sent));
    this.#sent.add(sent);
    return sent;
  }

  async #renewAll(): Promise<void> {
    await Promise.all([...this.#held].map((lease) => this.#renew(lease)));
  }

  async #renew(lease: Lease): Promise<void> {
    const { calls, clock } = this.#options;
    const renewal = calls.renew(lease, lease.retry);
    try {
      const isHeld = await withDeadline(renewal, this.#renewAfterMs, clock);
      if (!isHeld) this.#held.delete(lease);
    } catch {
      // The next time comes before the lease ends.
    }
  }
}
