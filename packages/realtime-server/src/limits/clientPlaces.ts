import { RoomcastError } from '@roomcast/realtime-contract';
import type { Accounts } from './accounts.ts';
import { Places } from './places.ts';

/** What a client takes of what there is for its address and its user. */
export interface Place {
  /** Null for one that no limit is for. */
  readonly address: string | null;
  /** Whose connections it is counted among; null where it is among nobody's. */
  userId: string | null;
}

export interface ClientPlacesOptions {
  readonly maxConnectionsPerAddress: number;
  readonly accounts: Pick<Accounts, 'enter' | 'leave'>;
  /** A number from 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
}

/** The least and the most that a client waits before it asks for a place again, in milliseconds. */
const [minRetryMs, maxRetryMs] = [2_000, 10_000];

/** The places for the clients of one address and of one user. */
export class ClientPlaces {
  readonly #options: ClientPlacesOptions;
  readonly #addresses: Places;

  constructor(options: ClientPlacesOptions) {
    this.#options = options;
    this.#addresses = new Places(options.maxConnectionsPerAddress);
  }

  /** How many addresses have a client. */
  get addressCount(): number {
    return this.#addresses.size;
  }

  /**
   * Takes the place of a client.
   *
   * @throws RoomcastError `CONNECTION_LIMIT`
   */
  enter(address: string | null): Place {
    if (address !== null && !this.#addresses.take(address)) {
      throw this.full('Too many connections come from this address. Try again later.');
    }
    return { address, userId: null };
  }

  /**
   * Counts the client in a place among those of a user.
   *
   * @throws RoomcastError `CONNECTION_LIMIT`
   */
  login(place: Place, userId: string): void {
    if (place.address === null || place.userId !== null) return;
    if (!this.#options.accounts.enter(userId)) {
      throw this.full('This user has too many connections. Close some, or try again later.');
    }
    place.userId = userId;
  }

  /** Gives the place back; to be called once for each that was taken. */
  leave({ address, userId }: Place): void {
    if (address !== null) this.#addresses.give(address);
    if (userId !== null) this.#options.accounts.leave(userId);
  }

  /** The refusal of somebody for whom there is no place; each waits for another time. */
  full(message: string): RoomcastError {
    const spreadMs = this.#options.random() * (maxRetryMs - minRetryMs);
    const retryAfterMs = Math.round(minRetryMs + spreadMs);
    return new RoomcastError('CONNECTION_LIMIT', message, { retryAfterMs });
  }
}
