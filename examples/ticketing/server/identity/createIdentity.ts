import type { DatabaseSync } from 'node:sqlite';
import { type Authenticate, jwtAuthenticator } from '@roomcast/realtime-server';
import { SignJWT } from 'jose';
import type { User } from '../../shared/user.ts';
import { getCustomer } from '../marketplace/users.ts';

const issuer = 'roomcast-ticketing';
const audience = 'roomcast-ticketing';
const lifetime = '12h';

/** Who is who: the same tokens open the API and the socket. */
export interface Identity {
  /** A token that proves to be this user. */
  issueToken(user: User): Promise<string>;
  /** The user of a token; rejects where the token is not one of ours or its user is gone. */
  readonly authenticate: Authenticate;
}

/** @param secret - at least 32 bytes */
export function createIdentity(database: DatabaseSync, secret: string): Identity {
  const key = new TextEncoder().encode(secret);
  const verify = jwtAuthenticator({ secret: key, issuer, audience });
  return {
    issueToken: (user) =>
      new SignJWT({ name: user.name })
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(user.id)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime(lifetime)
        .sign(key),
    async authenticate(token, context) {
      const user = await verify(token, context);
      // The token may be older than the database.
      getCustomer(database, user.id);
      return user;
    },
  };
}
