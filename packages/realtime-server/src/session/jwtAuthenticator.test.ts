import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { jwtAuthenticator } from './jwtAuthenticator.ts';

const secret = 'a secret of at least 32 bytes, really';
const otherSecret = 'another secret of at least 32 bytes..';
const context = { signal: new AbortController().signal };

function sign(claims: JWTPayload, { key = secret, alg = 'HS256' } = {}) {
  return new SignJWT(claims).setProtectedHeader({ alg }).sign(new TextEncoder().encode(key));
}

const inSeconds = (seconds: number) => Math.floor(Date.now() / 1_000) + seconds;
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('jwtAuthenticator with a secret', () => {
  const authenticate = jwtAuthenticator({ secret });

  it('takes the id from sub, the expiry from exp, and keeps all claims', async () => {
    const exp = inSeconds(60);
    const token = await sign({ sub: 'alice', exp, role: 'admin' });
    expect(await authenticate(token, context)).toEqual({
      id: 'alice',
      expiresAtMs: exp * 1_000,
      claims: { sub: 'alice', exp, role: 'admin' },
    });
  });

  it('takes from jti and iat what a revocation goes by', async () => {
    const iat = inSeconds(-10);
    expect(await authenticate(await sign({ sub: 'alice', jti: 't-1', iat }), context)).toEqual({
      id: 'alice',
      tokenId: 't-1',
      issuedAtMs: iat * 1_000,
      claims: { sub: 'alice', jti: 't-1', iat },
    });
    const numbered = await sign({ sub: 'alice', jti: 7 as unknown as string });
    expect(await authenticate(numbered, context)).not.toHaveProperty('tokenId');
  });

  it('gives no expiry to a token that has none', async () => {
    expect(await authenticate(await sign({ sub: 'alice' }), context)).toEqual({
      id: 'alice',
      claims: { sub: 'alice' },
    });
  });

  it('says of an expired token that it is expired, so that the client gets a new one', async () => {
    const token = await sign({ sub: 'alice', exp: inSeconds(-1) });
    await expect(authenticate(token, context)).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' });
  });

  it.each([
    ['was signed with another secret', () => sign({ sub: 'alice' }, { key: otherSecret })],
    ['was signed with an algorithm not allowed', () => sign({ sub: 'alice' }, { alg: 'HS512' })],
    ['is not valid yet', () => sign({ sub: 'alice', nbf: inSeconds(60) })],
    ['has no signature', async () => `${encode({ alg: 'none' })}.${encode({ sub: 'alice' })}.`],
    [
      'was changed after signing',
      async () => {
        const [header, , signature] = (await sign({ sub: 'alice' })).split('.');
        return `${header}.${encode({ sub: 'admin' })}.${signature}`;
      },
    ],
    ['is no JWT at all', async () => 'alice'],
    ['has no sub', () => sign({ name: 'alice' })],
    ['has an empty sub', () => sign({ sub: '' })],
    ['has a sub that is no text', () => sign({ sub: 7 as unknown as string })],
  ])('refuses a token that %s', async (_, token) => {
    const error = await Promise.resolve(authenticate(await token(), context)).catch(
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toMatchObject({ code: 'TOKEN_EXPIRED' });
  });

  it('checks audience and issuer when they are given', async () => {
    const strict = jwtAuthenticator({ secret, audience: ['web', 'app'], issuer: 'https://id' });
    const good = { sub: 'alice', aud: 'app', iss: 'https://id' };
    expect(await strict(await sign(good), context)).toMatchObject({ id: 'alice' });
    for (const wrong of [{ aud: 'other' }, { iss: 'https://evil' }]) {
      await expect(strict(await sign({ ...good, ...wrong }), context)).rejects.toThrow();
    }
    await expect(strict(await sign({ sub: 'alice' }), context)).rejects.toThrow();
  });

  it('uses the algorithms that are given', async () => {
    const token = await sign({ sub: 'alice' }, { alg: 'HS512' });
    const longer = jwtAuthenticator({ secret: secret.repeat(2), algorithms: ['HS512'] });
    const longToken = await sign({ sub: 'alice' }, { alg: 'HS512', key: secret.repeat(2) });
    expect(await longer(longToken, context)).toMatchObject({ id: 'alice' });
    await expect(longer(token, context)).rejects.toThrow();
  });

  it('takes a secret of bytes', async () => {
    const bytes = jwtAuthenticator({ secret: new TextEncoder().encode(secret) });
    expect(await bytes(await sign({ sub: 'alice' }), context)).toMatchObject({ id: 'alice' });
  });

  it.each(['', 'short', new Uint8Array(31)])('refuses a short secret when it is made', (short) => {
    expect(() => jwtAuthenticator({ secret: short })).toThrow(
      expect.objectContaining({ code: 'INVALID_CONFIG' }),
    );
  });
});

describe('jwtAuthenticator with a key set', () => {
  let rsa: Awaited<ReturnType<typeof generateKeyPair>>;
  let publicPem: string;
  let body: string;
  let status: number;
  let server: Server;
  let jwksUrl: string;

  beforeAll(async () => {
    rsa = await generateKeyPair('RS256', { extractable: true });
    const jwk = await exportJWK(rsa.publicKey);
    publicPem = JSON.stringify(jwk);
  });

  beforeEach(async () => {
    status = 200;
    body = JSON.stringify({ keys: [{ ...JSON.parse(publicPem), kid: 'key-1', alg: 'RS256' }] });
    server = createServer((_, response) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    jwksUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`;
  });

  afterEach(() => {
    server.close();
    server.closeAllConnections();
  });

  const signRsa = (claims: JWTPayload, kid = 'key-1') =>
    new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid }).sign(rsa.privateKey);

  it('accepts a token that was signed with a key of the set', async () => {
    const authenticate = jwtAuthenticator({ jwksUrl });
    expect(await authenticate(await signRsa({ sub: 'alice' }), context)).toMatchObject({
      id: 'alice',
    });
  });

  it('does not take the public key for a secret', async () => {
    const authenticate = jwtAuthenticator({ jwksUrl: new URL(jwksUrl) });
    const forged = await new SignJWT({ sub: 'admin' })
      .setProtectedHeader({ alg: 'HS256', kid: 'key-1' })
      .sign(new TextEncoder().encode(publicPem));
    await expect(authenticate(forged, context)).rejects.toMatchObject({
      code: 'ERR_JOSE_ALG_NOT_ALLOWED',
    });
  });

  it('refuses a token without a signature, or with a key that is not in the set', async () => {
    const authenticate = jwtAuthenticator({ jwksUrl });
    const unsigned = `${encode({ alg: 'none', kid: 'key-1' })}.${encode({ sub: 'admin' })}.`;
    await expect(authenticate(unsigned, context)).rejects.toThrow();
    const unknown = await signRsa({ sub: 'alice' }, 'key-2');
    await expect(authenticate(unknown, context)).rejects.toMatchObject({
      code: 'ERR_JWKS_NO_MATCHING_KEY',
    });
  });

  it('says of an expired token that it is expired', async () => {
    const authenticate = jwtAuthenticator({ jwksUrl });
    const token = await signRsa({ sub: 'alice', exp: inSeconds(-1) });
    await expect(authenticate(token, context)).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' });
  });

  it.each([
    [
      'answers with an error',
      () => {
        status = 503;
      },
    ],
    [
      'answers with something else',
      () => {
        body = '<html>';
      },
    ],
    [
      'answers with no keys',
      () => {
        body = '{"keys":7}';
      },
    ],
    [
      'is down',
      () => {
        server.close();
        server.closeAllConnections();
      },
    ],
  ])('does not blame the token when the key server %s', async (_, fail) => {
    fail();
    const authenticate = jwtAuthenticator({ jwksUrl });
    await expect(authenticate(await signRsa({ sub: 'alice' }), context)).rejects.toMatchObject({
      code: 'INTERNAL',
      cause: expect.any(Error),
    });
  });

  it('refuses a URL that is none when it is made', () => {
    expect(() => jwtAuthenticator({ jwksUrl: 'keys.json' })).toThrow(
      expect.objectContaining({ code: 'INVALID_CONFIG' }),
    );
  });
});
