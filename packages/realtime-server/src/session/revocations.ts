import { type Clock, RoomcastError } from '@roomcast/realtime-contract';
import type { AuthenticatedUser } from './session.ts';

/** Remembers which tokens are refused although their time is not over. */
export class Revocations {
  readonly #clock: Clock;
  readonly #retentionMs: number;
  /** When they were revoked, the oldest first. */
  readonly #tokens = new Map<string, number>();
  readonly #users = new Map<string, number>();

  /** @param retentionMs - how long a revocation counts: as long as the longest token lives */
  constructor(clock: Clock, retentionMs: number) {
    this.#clock = clock;
    this.#retentionMs = retentionMs;
  }

  get size(): number {
    return this.#tokens.size + this.#users.size;
  }

  addToken(tokenId: string): void {
    this.#add(this.#tokens, tokenId);
  }

  /** Refuses the tokens of a user that were made until now. */
  addUser(userId: string): void {
    this.#add(this.#users, userId);
  }

  isRevoked({ id, tokenId, issuedAtMs }: AuthenticatedUser): boolean {
    const userRevokedAtMs = this.#users.get(id);
    return (
      (tokenId !== undefined && this.#tokens.has(tokenId)) ||
      // A JWT tells the second only: one that was made in the second of the revocation is refused.
      (userRevokedAtMs !== undefined && issuedAtMs !== undefined && issuedAtMs <= userRevokedAtMs)
    );
  }

  /** @throws RoomcastError `TOKEN_REVOKED` */
  assertValid(user: AuthenticatedUser): void {
    if (this.isRevoked(user)) throw tokenRevoked();
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
