import { type Clock, RoomcastError } from '@roomcast/realtime-contract';
import { type Revocation, revocationKey } from './revocation.ts';
import type { AuthenticatedUser } from './session.ts';
import { tokenExpired } from './tokenExpired.ts';

/** Remembers which tokens are refused although their time is not over. */
export class Revocations {
  readonly #clock: Clock;
  readonly #retentionMs: number;
  /** By kind and then by what they name, in the order in which they were learnt. */
  readonly #known = {
    user: new Map<string, number>(),
    token: new Map<string, number>(),
    'expired-token': new Map<string, number>(),
  };

  /** @param retentionMs - how long a revocation counts: as long as the longest token lives */
  constructor(clock: Clock, retentionMs: number) {
    this.#clock = clock;
    this.#retentionMs = retentionMs;
  }

  get size(): number {
    return Object.values(this.#known).reduce((sum, { size }) => sum + size, 0);
  }

  addToken(tokenId: string): Revocation {
    return this.#addNow('token', tokenId);
  }

  /** Refuses the tokens of a user that were made until now. */
  addUser(userId: string): Revocation {
    return this.#addNow('user', userId);
  }

  /** Refuses a token as if its time were over. */
  expireToken(tokenId: string): Revocation {
    return this.#addNow('expired-token', tokenId);
  }

  /**
   * Takes over what was refused elsewhere.
   *
   * @returns whether that is news, and still counts
   */
  add({ kind, id, atMs }: Revocation): boolean {
    if (this.#isOver(atMs) || this.atMs({ kind, id }) >= atMs) return false;
    const known = this.#known[kind];
    // Last, though it may be older than others: it is forgotten with the next that is later.
    known.delete(id);
    known.set(id, atMs);
    this.#forget(known);
    return true;
  }

  /** When something was refused last; less than any time where it was not. */
  atMs({ kind, id }: Pick<Revocation, 'kind' | 'id'>): number {
    return this.#known[kind].get(id) ?? Number.NEGATIVE_INFINITY;
  }

  /** All that still counts, by what it names. */
  inForce(): ReadonlyMap<string, Revocation> {
    const all = new Map<string, Revocation>();
    for (const kind of ['user', 'token', 'expired-token'] as const) {
      for (const [id, atMs] of this.#known[kind]) {
        const revocation = { kind, id, atMs };
        if (!this.#isOver(atMs)) all.set(revocationKey(revocation), revocation);
      }
    }
    return all;
  }

  isRefused(user: AuthenticatedUser): boolean {
    return this.#isRevoked(user) || this.#isExpired(user);
  }

  /** @throws RoomcastError `TOKEN_REVOKED` or `TOKEN_EXPIRED` */
  assertValid(user: AuthenticatedUser): void {
    if (this.#isRevoked(user)) throw tokenRevoked();
    if (this.#isExpired(user)) throw tokenExpired();
  }

  #isRevoked({ id, tokenId, issuedAtMs }: AuthenticatedUser): boolean {
    return (
      (tokenId !== undefined && this.#known.token.has(tokenId)) ||
      // A JWT tells the second only: one that was made in the second of the revocation is refused.
      (issuedAtMs !== undefined && issuedAtMs <= this.atMs({ kind: 'user', id }))
    );
  }

  #isExpired({ tokenId }: AuthenticatedUser): boolean {
    return tokenId !== undefined && this.#known['expired-token'].has(tokenId);
  }

  #addNow(kind: Revocation['kind'], id: string): Revocation {
    // Never before what is known already, which may come from a clock that is ahead of this one.
    const atMs = Math.max(this.#clock.now(), this.atMs({ kind, id }));
    const known = this.#known[kind];
    known.delete(id);
    known.set(id, atMs);
    this.#forget(known);
    return { kind, id, atMs };
  }

  #isOver(atMs: number): boolean {
    return this.#clock.now() - atMs >= this.#retentionMs;
  }

  #forget(known: Map<string, number>): void {
    for (const [oldest, atMs] of known) {
      if (!this.#isOver(atMs)) return;
      known.delete(oldest);
    }
  }
}

export function tokenRevoked(): RoomcastError {
  return new RoomcastError('TOKEN_REVOKED', 'The token was revoked. Log in again.');
}
