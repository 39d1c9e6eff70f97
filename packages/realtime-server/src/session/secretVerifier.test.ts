import { createHmac, createSecretKey } from 'node:crypto';
import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { createSecretVerifier } from './secretVerifier.ts';

const secret = 'a secret of at least 32 bytes, really';
const key = createSecretKey(secret, 'utf8');
const verify = createSecretVerifier(key, ['HS256', 'HS512'], {});
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Signs whatever it is given, whether or not that makes a token. */
function signRaw(signed: string, hash = 'sha256'): string {
  return `${signed}.${createHmac(hash, key).update(signed).digest('base64url')}`;
}
const good = signRaw(`${encode({ alg: 'HS256' })}.${encode({ sub: 'alice' })}`);
const [header, payload, signature] = good.split('.');

describe('a token that was signed with the secret', () => {
  it.each(['HS256', 'HS512'])('is accepted as another implementation signs it: %s', async (alg) => {
    const claims = { sub: 'alice', name: 'Алиса' };
    const token = await new SignJWT(claims).setProtectedHeader({ alg, typ: 'JWT' }).sign(key);
    expect(verify(token)).toEqual(claims);
  });

  it('is refused with its reason when its time is over', async () => {
    const token = signRaw(`${encode({ alg: 'HS256' })}.${encode({ sub: 'alice', exp: 1 })}`);
    expect(() => verify(token)).toThrow(expect.objectContaining({ code: 'ERR_JWT_EXPIRED' }));
  });
});

it.each([
  ['nothing', ''],
  ['no dots', 'alice'],
  ['two parts', `${header}.${payload}`],
  ['four parts', `${good}.${signature}`],
  ['an empty signature', `${header}.${payload}.`],
  ['a shorter signature', good.slice(0, -1)],
  ['a longer signature', `${good}A`],
  ['a padded signature', `${good}=`],
  ['a signature with a character that base64 leaves out', good.replace(/.$/, ' $&')],
  ['the signature of another hash', signRaw(`${header}.${payload}`, 'sha512')],
  [
    'the signature in hexadecimal',
    `${header}.${payload}.${Buffer.from(signature ?? '', 'base64url').toString('hex')}`,
  ],
  ['an algorithm in other letters', signRaw(`${encode({ alg: 'hs256' })}.${payload}`)],
  ['an algorithm that is not allowed', signRaw(`${encode({ alg: 'HS384' })}.${payload}`, 'sha384')],
  ['the algorithm none', signRaw(`${encode({ alg: 'none' })}.${payload}`)],
  ['the algorithm none and no signature', `${encode({ alg: 'none' })}.${payload}.`],
  ['an algorithm that is a list', signRaw(`${encode({ alg: ['HS256'] })}.${payload}`)],
  ['an algorithm that every object has', signRaw(`${encode({ alg: 'constructor' })}.${payload}`)],
  ['no algorithm', signRaw(`${encode({})}.${payload}`)],
  [
    'a header that has to be understood',
    signRaw(`${encode({ alg: 'HS256', crit: ['b64'], b64: false })}.${payload}`),
  ],
  ['a header that is no object', signRaw(`${encode('HS256')}.${payload}`)],
  ['a header that is no JSON', signRaw(`eyJ.${payload}`)],
  ['claims that are a list', signRaw(`${header}.${encode(['alice'])}`)],
  ['claims that are no JSON', signRaw(`${header}.eyJ`)],
  ['an expiry that is text', signRaw(`${header}.${encode({ exp: '9999999999' })}`)],
])('a token with %s is refused', (_, token) => {
  expect(verify(good)).toEqual({ sub: 'alice' });
  expect(() => verify(token)).toThrow();
});
