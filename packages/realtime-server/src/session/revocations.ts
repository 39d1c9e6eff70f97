import { type Clock, RoomcastError } from '@roomcast/realtime-contract';
import type { AuthenticatedUser } from './session.ts';
import { tokenExpired } from './tokenExpired.ts';

/** Remembers which tokens are refused although their time is not over. */
export class Revocations {
  readonly #clock: Clock;
  readonly #retentionMs: number;
  /** When they were revoked, the oldest first. */
  readonly #tokens = new Map<string, number>();
  readonly #users = new Map<string, number>();
  readonly #expired = new Map<string, number>();

  /** @param retentionMs - how long a revocation counts: as long as the longest token lives */
  constructor(clock: Clock, retentionMs: number) {
    this.#clock = clock;
    this.#retentionMs = retentionMs;
  }

  get size(): number {
    return this.#tokens.size + this.#users.size + this.#expired.size;
  }

  addToken(tokenId: string): void {
    this.#add(this.#tokens, tokenId);
  }

  /** Refuses the tokens of a user that were made until now. */
  addUser(userId: string): void {
    this.#add(this.#users, userId);
  }

  /** Refuses a token as if its time were over. */
  expireToken(tokenId: string): void {
    this.#add(this.#expired, tokenId);
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
    const userRevokedAtMs = this.#users.get(id);
    return (
      (tokenId !== undefined && this.#tokens.has(tokenId)) ||
      // A JWT tells the second only: one that was made in the second of the revocation is refused.
      (userRevokedAtMs !== undefined && issuedAtMs !== undefined && issuedAtMs <= userRevokedAtMs)
    );
  }

  #isExpired({ tokenId }: AuthenticatedUser): boolean {
    return tokenId !== undefined && this.#expired.has(tokenId);
  }

  #add(revoked: Map<string, number>, id: string): void {
    const now = this.#clock.now();
    revoked.delete(id);
    revoked.set(id, now);
    for (const [oldest, revokedAtMs] of revoked) {
      if (now - revokedAtMs < this.#retentionMs) return;
      revoked.delete(oldest);
    }
  }
}

export function tokenRevoked(): RoomcastError {
  return new RoomcastError('TOKEN_REVOKED', 'The token was revoked. Log in again.');
}
