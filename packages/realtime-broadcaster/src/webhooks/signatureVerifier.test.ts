import { describe, expect, test } from 'vitest';
import { delivery, otherSecret, purchaseBody, secret } from './deliveries.test-d.ts';
import { parseSignatureHeaders } from './parseSignatureHeaders.ts';
import { createSignatureVerifier } from './signatureVerifier.ts';

const signed = parseSignatureHeaders(delivery().headers);

describe('createSignatureVerifier', () => {
  test.each([
    ['its only secret', [secret]],
    ['the first of two', [secret, otherSecret]],
    ['the second of two', [otherSecret, secret]],
  ])('accepts a signature of %s', (_, secrets) => {
    expect(createSignatureVerifier(secrets)(signed, purchaseBody)).toBe(true);
  });

  test('accepts one fitting signature among others', () => {
    const signatures = [`v1,${'A'.repeat(43)}=`, ...signed.signatures];
    expect(createSignatureVerifier([secret])({ ...signed, signatures }, purchaseBody)).toBe(true);
  });

  test.each([
    ['a signature of another secret', [otherSecret], signed, purchaseBody],
    ['another id', [secret], { ...signed, id: 'msg_2' }, purchaseBody],
    ['another time', [secret], { ...signed, timestampSeconds: 1_777_919_401 }, purchaseBody],
    ['another body', [secret], signed, `${purchaseBody} `],
    ['no signature', [secret], { ...signed, signatures: [] }, purchaseBody],
    ['half a signature', [secret], { ...signed, signatures: ['v1,Zm9v'] }, purchaseBody],
  ])('refuses %s', (_, secrets, headers, body) => {
    expect(createSignatureVerifier(secrets)(headers, body)).toBe(false);
  });

  test('names the secret that cannot be used by its place', () => {
    expect(() => createSignatureVerifier([secret, 'hunter2'])).toThrow('`secrets[1]`');
  });
});
