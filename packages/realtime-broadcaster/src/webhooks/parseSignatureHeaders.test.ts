import { describe, expect, test } from 'vitest';
import { delivery } from './deliveries.test-d.ts';
import { parseSignatureHeaders } from './parseSignatureHeaders.ts';

const { headers } = delivery();
const signature = String(headers['webhook-signature']);

describe('parseSignatureHeaders', () => {
  test('gives the id, the time and the signatures of version 1', () => {
    const several = `v1a,Zm9v ${signature} v1,Zm9v`;
    expect(parseSignatureHeaders({ ...headers, 'webhook-signature': several })).toEqual({
      id: 'msg_1',
      timestampSeconds: 1_777_919_400,
      signatures: [signature, 'v1,Zm9v'],
    });
  });

  test.each([
    ['no id', 'webhook-id', undefined],
    ['an empty id', 'webhook-id', ''],
    ['an id with a dot, which would let one signature fit two deliveries', 'webhook-id', 'a.1'],
    ['an id with a space', 'webhook-id', 'a b'],
    ['an id with a line break', 'webhook-id', 'a\nb'],
    ['an id that is not ASCII', 'webhook-id', 'ä'],
    ['an id of 257 characters', 'webhook-id', 'x'.repeat(257)],
    ['two ids', 'webhook-id', ['msg_1', 'msg_2']],
    ['no timestamp', 'webhook-timestamp', undefined],
    ['a timestamp with something after it', 'webhook-timestamp', '1777919400abc'],
    ['a timestamp with a zero before it', 'webhook-timestamp', '01777919400'],
    ['a timestamp with a sign', 'webhook-timestamp', '+1777919400'],
    ['a negative timestamp', 'webhook-timestamp', '-1777919400'],
    ['a timestamp with a fraction', 'webhook-timestamp', '1777919400.0'],
    ['a timestamp in another notation', 'webhook-timestamp', '1.7779194e9'],
    ['an endless timestamp', 'webhook-timestamp', '9'.repeat(13)],
    ['no signature', 'webhook-signature', undefined],
    ['an empty signature', 'webhook-signature', ''],
    ['a signature without version', 'webhook-signature', signature.slice(3)],
    ['a signature with a third part', 'webhook-signature', `${signature},x`],
    ['a signature with a space before it', 'webhook-signature', ` ${signature}`],
    ['two signatures with two spaces', 'webhook-signature', `${signature}  ${signature}`],
    ['two signatures with a comma', 'webhook-signature', `${signature}, ${signature}`],
    ['17 signatures', 'webhook-signature', Array(17).fill(signature).join(' ')],
  ])('refuses %s', (_, name, value) => {
    expect(() => parseSignatureHeaders({ ...headers, [name]: value })).toThrow(
      expect.objectContaining({ code: 'MALFORMED_HEADERS', status: 400 }),
    );
  });

  test('takes an id of 256 characters and 16 signatures', () => {
    const id = 'x'.repeat(256);
    const signatures = Array(16).fill(signature).join(' ');
    expect(
      parseSignatureHeaders({
        ...headers,
        'webhook-id': id,
        'webhook-signature': signatures,
      }),
    ).toMatchObject({ id, signatures: { length: 16 } });
  });
});
