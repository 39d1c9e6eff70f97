import { createSecretKey } from 'node:crypto';
import { RoomcastError } from '@roomcast/realtime-contract';
import {
  createRemoteJWKSet,
  errors,
  type JWTClaimVerificationOptions,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose';
import type { Authenticate } from './authenticate.ts';
import { createSecretVerifier, type SecretAlgorithm } from './secretVerifier.ts';
import type { AuthenticatedUser } from './session.ts';

interface JwtChecks {
  /** Who the token must be for (`aud`). Not checked when left out. */
  readonly audience?: string | readonly string[];
  /** Who must have issued the token (`iss`). Not checked when left out. */
  readonly issuer?: string | readonly string[];
}

/** Tokens signed with a secret that both sides know. */
export interface JwtSecretOptions extends JwtChecks {
  /** At least 32 bytes; text is taken as UTF-8. */
  readonly secret: string | Uint8Array;
  /** @default ['HS256'] */
  readonly algorithms?: readonly SecretAlgorithm[];
}

/** Tokens signed with a private key whose public half is published as a JWK set. */
export interface JwtKeySetOptions extends JwtChecks {
  readonly jwksUrl: string | URL;
  /** @default ['RS256', 'ES256'] */
  readonly algorithms?: readonly (
    | 'RS256'
    | 'RS384'
    | 'RS512'
    | 'PS256'
    | 'PS384'
    | 'PS512'
    | 'ES256'
    | 'ES384'
    | 'ES512'
    | 'EdDSA'
  )[];
}

export type JwtAuthenticatorOptions = JwtSecretOptions | JwtKeySetOptions;

const minSecretBytes = 32;

/**
 * An `authenticate` option for JSON Web Tokens: the user's id is the `sub` claim, the expiry `exp`;
 * `jti` and `iat` are what `revokeToken` and `revokeUser` go by.
 * The algorithms are fixed by the options, never by the token.
 *
 * @throws RoomcastError `INVALID_CONFIG` for a secret that is too short or a URL that is none
 */
export function jwtAuthenticator(options: JwtAuthenticatorOptions): Authenticate {
  const verify = createVerifier(options);
  return async (token) => {
    try {
      return toUser(await verify(token));
    } catch (cause) {
      if (!(cause instanceof errors.JWTExpired)) throw cause;
      throw new RoomcastError('TOKEN_EXPIRED', 'The token is past its expiry. Get a new one.', {
        cause,
      });
    }
  };
}

function createVerifier(
  options: JwtAuthenticatorOptions,
): (token: string) => JWTPayload | Promise<JWTPayload> {
  const checks: JWTClaimVerificationOptions = {
    ...(options.audience !== undefined && { audience: mutable(options.audience) }),
    ...(options.issuer !== undefined && { issuer: mutable(options.issuer) }),
  };
  if ('jwksUrl' in options) {
    const algorithms = [...(options.algorithms ?? ['RS256', 'ES256'])];
    const keys = createKeySet(options.jwksUrl);
    return async (token) => (await jwtVerify(token, keys, { ...checks, algorithms })).payload;
  }
  const { secret, algorithms = ['HS256'] } = options;
  const key =
    typeof secret === 'string' ? createSecretKey(secret, 'utf8') : createSecretKey(secret);
  const bytes = key.symmetricKeySize ?? 0;
  if (bytes < minSecretBytes) {
    throw new RoomcastError(
      'INVALID_CONFIG',
      `Expected \`secret\` to have at least ${minSecretBytes} bytes, got ${bytes}.`,
    );
  }
  return createSecretVerifier(key, algorithms, checks);
}

function createKeySet(url: string | URL): JWTVerifyGetKey {
  if (!URL.canParse(String(url))) {
    throw new RoomcastError('INVALID_CONFIG', `Expected \`jwksUrl\` to be a URL, got "${url}".`);
  }
  const keys = createRemoteJWKSet(new URL(url));
  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (cause) {
      if (isAboutToken(cause)) throw cause;
      // The token may be good, so the client is not to be told that it is not.
      throw new RoomcastError('INTERNAL', 'The keys are not available. Try again.', { cause });
    }
  };
}

/** Whether a key set was there and had no key for the token. */
function isAboutToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  );
}

function mutable(value: string | readonly string[]): string | string[] {
  return typeof value === 'string' ? value : [...value];
}

function toUser(claims: JWTPayload): AuthenticatedUser {
  if (typeof claims.sub !== 'string' || claims.sub === '') {
    throw new RoomcastError('AUTHENTICATION_FAILED', 'The token has no `sub` claim.');
  }
  return {
    id: claims.sub,
    claims,
    ...(claims.exp !== undefined && { expiresAtMs: claims.exp * 1000 }),
    ...(claims.iat !== undefined && { issuedAtMs: claims.iat * 1000 }),
    ...(typeof claims.jti === 'string' && { tokenId: claims.jti }),
  };
}
