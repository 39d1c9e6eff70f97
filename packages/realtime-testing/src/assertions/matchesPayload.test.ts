import { describe, expect, it } from 'vitest';
import { matchesPayload } from './matchesPayload.ts';

const payload = { seat: 'C12', price: 49.5, buyer: { id: 'alice', tags: ['a', 'b'] }, note: null };

describe('matchesPayload', () => {
  it.each([
    ['nothing in particular', {}],
    ['some fields', { seat: 'C12', note: null }],
    ['fields further down', { buyer: { id: 'alice' } }],
    ['a list', { buyer: { tags: ['a', 'b'] } }],
    ['an asymmetric matcher', { price: expect.any(Number), seat: expect.stringMatching(/^C/) }],
    ['all of it', payload],
  ])('accepts %s', (_, expected) => {
    expect(matchesPayload(payload, expected)).toBe(true);
  });

  it.each([
    ['another value', { seat: 'C13' }],
    ['a field that is not there', { row: 3 }],
    ['another value further down', { buyer: { id: 'bob' } }],
    ['a shorter list', { buyer: { tags: ['a'] } }],
    ['a list in another order', { buyer: { tags: ['b', 'a'] } }],
    ['fields of what is a value', { seat: { row: 'C' } }],
    ['a list that is none', { seat: ['C12'] }],
    ['a value for what is an object', { buyer: 'alice' }],
    ['an asymmetric matcher that does not accept', { price: expect.any(String) }],
    ['null for an object', { buyer: null }],
  ])('refuses %s', (_, expected) => {
    expect(matchesPayload(payload, expected)).toBe(false);
  });

  it('compares payloads that are no objects', () => {
    expect(matchesPayload('sold', 'sold')).toBe(true);
    expect(matchesPayload(Number.NaN, Number.NaN)).toBe(true);
    expect(matchesPayload(1, '1')).toBe(false);
    expect(matchesPayload(undefined, null)).toBe(false);
  });
});
