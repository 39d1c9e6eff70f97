import { createSecretKey } from 'node:crypto';
import { RoomcastError } from '@roomcast/realtime-contract';
import { decodeJwt, SignJWT } from 'jose';

/** Signs the tokens of test servers where no other secret is given. Everybody may know it. */
export const testSecret = 'for tests on loopback: everybody may know this key';

/** When the tokens of test servers say that they were made, in seconds: always the same. */
const issuedAtSeconds = Date.UTC(2026, 0, 1) / 1_000;

/** Makes the tokens of one server, or of all nodes of a cluster, and ends their time. */
export class TestTokens {
  readonly #secret: string;
  /** How many tokens of a user are over. */
  readonly #generations = new Map<string, number>();
  readonly #expired = new Set<string>();
  readonly #followers = new Set<(tokenId: string) => void>();

  constructor(secret: string) {
    this.#secret = secret;
  }

  /** The same for the same arguments until it is ended; see `TestServer.tokenFor`. */
  sign(
    userId: string,
    claims: Readonly<Record<string, unknown>> = {},
    expiresInSeconds?: number,
  ): Promise<string> {
    const token = new SignJWT({ jti: this.#idFor(userId), iat: issuedAtSeconds, ...claims })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(userId);
    if (expiresInSeconds !== undefined) {
      token.setExpirationTime(Math.floor(Date.now() / 1_000) + expiresInSeconds);
    }
    // A key object, since jose takes no bytes of another realm, such as those of jsdom.
    return token.sign(createSecretKey(this.#secret, 'utf8'));
  }

  /**
   * Ends the time of a token, so that the user's next one is another. One that was given its `jti` by
   * the test stays ended, and so does every other one with that `jti`.
   *
   * @throws RoomcastError `INVALID_CONFIG` for what is no token with a user and a `jti`; who signed it
   * is not looked at
   */
  expire(token: string): void {
    const { sub, jti } = readToken(token);
    // Neither one that is over already nor one with a `jti` of the test's stands for the next one.
    if (jti === this.#idFor(sub)) {
      this.#generations.set(sub, (this.#generations.get(sub) ?? 0) + 1);
    }
    if (this.#expired.has(jti)) return;
    this.#expired.add(jti);
    for (const onExpired of [...this.#followers]) onExpired(jti);
  }

  /**
   * Hears of every token that is over by now or will be.
   *
   * @returns a function that ends it
   */
  follow(onExpired: (tokenId: string) => void): () => void {
    for (const tokenId of this.#expired) onExpired(tokenId);
    this.#followers.add(onExpired);
    return () => void this.#followers.delete(onExpired);
  }

  #idFor(userId: string): string {
    return `${userId}-${(this.#generations.get(userId) ?? 0) + 1}`;
  }
}

function readToken(token: string): { readonly sub: string; readonly jti: string } {
  try {
    const { sub, jti } = decodeJwt(token);
    if (sub !== undefined && jti !== undefined) return { sub, jti };
  } catch {
    // Not even a JWT, such as the token of another `authenticate`.
  }
  throw new RoomcastError('INVALID_CONFIG', 'Expected a token of `tokenFor`, which has a `jti`.');
}
