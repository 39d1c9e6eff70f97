import type { RateCounter } from '@roomcast/realtime-broker';
import { RoomcastError } from '@roomcast/realtime-contract';

export interface HandshakeRatesOptions {
  readonly counter: RateCounter;
  readonly perSecond: number;
  /** A number from 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
}

/** What is to become of a handshake. */
export interface HandshakeVerdict {
  /** Null where it may go on. */
  readonly refusal: RoomcastError | null;
  /** Whether it is not even to be told so: there are far too many. */
  readonly isTurnedAway: boolean;
}

/** Over how long handshakes are counted, in milliseconds. */
const windowMs = 10_000;

/** This part of what an address may do in a window is taken from it for each client that is cut off. */
const penaltyPart = 0.1;

const welcome: HandshakeVerdict = { refusal: null, isTurnedAway: false };

/** How often each address may open a connection. */
export class HandshakeRates {
  readonly #options: HandshakeRatesOptions;
  readonly #limit: number;

  constructor(options: HandshakeRatesOptions) {
    this.#options = options;
    this.#limit = Math.max(1, (options.perSecond * windowMs) / 1_000);
  }

  async judge(address: string): Promise<HandshakeVerdict> {
    const { spent, endsInMs } = await this.#add(address, 1);
    if (spent <= this.#limit) return welcome;
    // Not all in the moment in which the window ends.
    const retryAfterMs = Math.round(endsInMs + this.#options.random() * windowMs);
    const refusal = new RoomcastError(
      'RATE_LIMITED',
      'Too many connections were opened from this address. Try again later.',
      { retryAfterMs },
    );
    return { refusal, isTurnedAway: spent > 2 * this.#limit };
  }

  /** Somebody from the address was cut off, and may come back at once as somebody else. */
  penalise(address: string): void {
    void this.#add(address, Math.ceil(this.#limit * penaltyPart));
  }

  #add(address: string, amount: number) {
    return this.#options.counter.add(`handshakes of ${address}`, amount, windowMs);
  }
}
