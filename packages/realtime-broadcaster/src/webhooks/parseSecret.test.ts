import { Buffer } from 'node:buffer';
import { RoomcastError } from '@roomcast/realtime-contract';
import { describe, expect, test } from 'vitest';
import { parseSecret } from './parseSecret.ts';

const base64 = Buffer.alloc(24, 'canary').toString('base64');

describe('parseSecret', () => {
  test('takes a secret with and without its prefix for the same', () => {
    const sign = (secret: string) => parseSecret(secret, 'secret').sign('a', new Date(0), '{}');
    expect(sign(`whsec_${base64}`)).toBe(sign(base64));
  });

  test.each([
    ['no text', undefined],
    ['empty text', ''],
    ['only the prefix', 'whsec_'],
    ['a passphrase', 'canary canary canary canary canary'],
    ['23 bytes', Buffer.alloc(23, 'canary').toString('base64')],
    ['base64url', Buffer.alloc(24, 0xff).toString('base64url').replace('_', '-')],
    ['cut base64', `${base64}AA`],
    ['bytes', Buffer.alloc(32)],
    ['another prefix', `sk_${base64}`],
  ])('refuses %s, and does not repeat it', (_, secret) => {
    let thrown: unknown;
    try {
      parseSecret(secret, 'secrets[1]');
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(RoomcastError);
    expect(thrown).toMatchObject({ code: 'INVALID_CONFIG' });
    const { message } = thrown as RoomcastError;
    expect(message).toContain('`secrets[1]`');
    expect(message).not.toMatch(/canary|Y2FuYXJ5/);
  });
});
