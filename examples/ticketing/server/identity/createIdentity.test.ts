import { SignJWT } from 'jose';
import { expect, it } from 'vitest';
import { openDatabase } from '../database/openDatabase.ts';
import { createIdentity } from './createIdentity.ts';
import { getSigningSecret } from './signingSecret.ts';

const secret = 'a secret of more than thirty-two bytes';
const context = { signal: new AbortController().signal };
const ada = { id: 'ada', name: 'Ada Okafor' };

it('recognises the user of a token that it issued', async () => {
  using database = openDatabase(':memory:');
  const identity = createIdentity(database, secret);
  const token = await identity.issueToken(ada);
  const user = await identity.authenticate(token, context);
  expect(user.id).toBe('ada');
  expect(user.expiresAtMs).toBeGreaterThan(Date.now());
});

it('refuses a token for a user that the database does not know', async () => {
  using database = openDatabase(':memory:');
  const identity = createIdentity(database, secret);
  const token = await identity.issueToken({ id: 'nobody', name: 'Nobody' });
  await expect(identity.authenticate(token, context)).rejects.toThrow('no such user');
});

it('refuses a token that was signed with another secret', async () => {
  using database = openDatabase(':memory:');
  const stranger = createIdentity(database, 'another secret of more than 32 bytes');
  const token = await stranger.issueToken(ada);
  await expect(createIdentity(database, secret).authenticate(token, context)).rejects.toThrow();
});

it('refuses a token that was issued for another service', async () => {
  using database = openDatabase(':memory:');
  const token = await new SignJWT()
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('ada')
    .setIssuer('elsewhere')
    .setAudience('elsewhere')
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(secret));
  await expect(createIdentity(database, secret).authenticate(token, context)).rejects.toThrow();
});

it('signs with one secret for each database, and keeps it there', () => {
  using one = openDatabase(':memory:');
  using other = openDatabase(':memory:');
  expect(getSigningSecret(one)).toHaveLength(43);
  expect(getSigningSecret(one)).toBe(getSigningSecret(one));
  expect(getSigningSecret(one)).not.toBe(getSigningSecret(other));
});
