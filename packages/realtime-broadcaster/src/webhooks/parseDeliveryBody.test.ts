import { Buffer } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import { decodeBody, parseDeliveryBody } from './parseDeliveryBody.ts';

const malformed = expect.objectContaining({ code: 'MALFORMED_BODY', status: 400 });

describe('decodeBody', () => {
  test('gives the text as it was sent, a byte order mark included', () => {
    expect(decodeBody(Buffer.from('\uFEFF{"a":"Ränge 🎭"}'))).toBe('\uFEFF{"a":"Ränge 🎭"}');
  });

  test.each([
    ['a byte that is not UTF-8', Buffer.from([0x7b, 0xff, 0x7d])],
    ['half a character', Buffer.from('🎭').subarray(0, 3)],
    ['a surrogate', Buffer.from([0xed, 0xa0, 0x80])],
    ['UTF-16', Buffer.from([0xff, 0xfe, 0x7b, 0x00])],
  ])('refuses %s instead of replacing it', (_, bytes) => {
    expect(() => decodeBody(bytes)).toThrow(malformed);
  });
});

describe('parseDeliveryBody', () => {
  test('takes type and data, and nothing else', () => {
    const body = '{"type":"a","timestamp":"2026-05-04T18:30:00Z","data":null}';
    expect(parseDeliveryBody(body)).toEqual({ type: 'a', data: null });
  });

  test.each([
    '',
    '{',
    'null',
    '[]',
    '"text"',
    '1',
    '{}',
    '{"type":"a"}',
    '{"data":{}}',
    '{"type":1,"data":{}}',
    '{"type":"a","__proto__":{"data":{}}}',
    '\uFEFF{"type":"a","data":{}}',
    '['.repeat(60_000),
  ])('refuses %j', (body) => {
    expect(() => parseDeliveryBody(body)).toThrow(malformed);
  });

  test('keeps what the parser says about the body to itself', () => {
    let thrown: unknown;
    try {
      parseDeliveryBody('{"password":hunter2}');
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ code: 'MALFORMED_BODY' });
    expect(thrown).not.toHaveProperty('cause');
    expect(String(thrown)).not.toContain('hunter2');
  });
});
