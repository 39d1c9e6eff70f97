import type { RateCounter } from '@roomcast/realtime-broker';
import type { Clock, ReportError } from '@roomcast/realtime-contract';
import { repeat } from '../operations/repeat.ts';
import { Budget, type BudgetLimits } from './budget.ts';
import { Places } from './places.ts';

export interface AccountsOptions {
  readonly clock: Clock;
  readonly maxConnectionsPerUser: number;
  /** What all connections of one user may send together. */
  readonly limits: BudgetLimits;
  /** What other nodes count too; null where this one counts for itself. */
  readonly rateCounter: RateCounter | null;
  readonly report: ReportError;
}

/** What a user has sent lately. */
interface Spending {
  readonly budget: Budget;
  /** What the other nodes have not been told. */
  messages: number;
  bytes: number;
}

/** How often the nodes tell each other what users have sent, in milliseconds. */
const shareMs = 500;

/** What the connections of one user have together. Users who are quiet take no room but a count. */
export class Accounts {
  readonly #options: AccountsOptions;
  readonly #places: Places;
  readonly #spendings = new Map<string, Spending>();
  readonly #stop: () => void;

  constructor(options: AccountsOptions) {
    this.#options = options;
    this.#places = new Places(options.maxConnectionsPerUser);
    this.#stop = repeat(shareMs, options.clock, () => this.#share());
  }

  /** How many users are connected, and how many have sent something lately. */
  get sizes(): { readonly connected: number; readonly sending: number } {
    return { connected: this.#places.size, sending: this.#spendings.size };
  }

  /** Counts one more connection of a user; false where it would be one too many. */
  enter(userId: string): boolean {
    return this.#places.take(userId);
  }

  /** To be called once for each connection that was counted. */
  leave(userId: string): void {
    this.#places.give(userId);
  }

  take(userId: string, messages: number, bytes: number): void {
    const spending = this.#spendings.get(userId) ?? this.#open(userId);
    spending.budget.take(messages, bytes, this.#options.limits, this.#options.clock.now());
    spending.messages += messages;
    spending.bytes += bytes;
  }

  /** How long until a user may send more, in milliseconds; 0 where that is now. */
  waitMs(userId: string): number {
    const { limits, clock } = this.#options;
    return this.#spendings.get(userId)?.budget.waitMs(limits, clock.now()) ?? 0;
  }

  /** Whether a user has sent so much that whoever sends more is to be cut off. */
  isExcessive(userId: string): boolean {
    const { limits, clock } = this.#options;
    return this.#spendings.get(userId)?.budget.isExcessive(limits, clock.now()) ?? false;
  }

  close(): void {
    this.#stop();
  }

  #open(userId: string): Spending {
    const spending = { budget: new Budget(), messages: 0, bytes: 0 };
    this.#spendings.set(userId, spending);
    return spending;
  }

  /** Forgets whoever may send everything again, and tells the other nodes of the rest. */
  #share(): void {
    const nowMs = this.#options.clock.now();
    for (const [userId, spending] of this.#spendings) {
      if (spending.messages + spending.bytes > 0) this.#tell(userId, spending);
      else if (spending.budget.isFull(nowMs)) this.#spendings.delete(userId);
    }
  }

  #tell(userId: string, spending: Spending): void {
    const { rateCounter, limits, report } = this.#options;
    const { messages, bytes } = spending;
    spending.messages = 0;
    spending.bytes = 0;
    if (!rateCounter) return;
    const windowMs = limits.burstSeconds * 1_000;
    const learn = async (what: 'messages' | 'bytes', own: number, perSecond: number) => {
      const { spent } = await rateCounter.add(`${what} of ${userId}`, Math.ceil(own), windowMs);
      // As much as one node would let through in a window at the most: a burst, and what fills it.
      const excess = spent - 2 * perSecond * limits.burstSeconds;
      if (excess <= 0) return;
      const nowMs = this.#options.clock.now();
      const [more, moreBytes] = what === 'messages' ? [excess, 0] : [0, excess];
      spending.budget.take(more, moreBytes, limits, nowMs);
    };
    Promise.all([
      learn('messages', messages, limits.messagesPerSecond),
      learn('bytes', bytes, limits.bytesPerSecond),
    ]).catch((error: unknown) => report(error, 'rate counter'));
  }
}
