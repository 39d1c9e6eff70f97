import { createSecretKey } from 'node:crypto';
import { SignJWT } from 'jose';

/** A token for each of many users, which every contender's server takes. */
export async function signTokens(secret: string, count: number): Promise<readonly string[]> {
  const key = createSecretKey(secret, 'utf8');
  const sign = (_: unknown, index: number) =>
    new SignJWT({})
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(`user-${index}`)
      .setExpirationTime('1h')
      .sign(key);
  return Promise.all(Array.from({ length: count }, sign));
}
