import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCounter, parsePosition } from './position.ts';

const position = { epoch: 'abc', offset: 3, revision: 7 };

describe('parsePosition', () => {
  it('takes a position and drops what is not part of it', () => {
    expect(parsePosition(position)).toEqual(position);
    expect(parsePosition({ ...position, extra: true })).toEqual(position);
  });

  it('takes an epoch of at most 64 characters', () => {
    expect(parsePosition({ ...position, epoch: 'x'.repeat(64) })).not.toBeNull();
    expect(parsePosition({ ...position, epoch: 'x'.repeat(65) })).toBeNull();
  });

  it.each([
    ['null', null],
    ['a string', 'abc:3:7'],
    ['an array', ['abc', 3, 7]],
    ['no epoch', { offset: 3, revision: 7 }],
    ['an empty epoch', { ...position, epoch: '' }],
    ['an epoch that is a number', { ...position, epoch: 5 }],
    ['no offset', { epoch: 'abc', revision: 7 }],
    ['an offset that is text', { ...position, offset: '3' }],
    ['a negative offset', { ...position, offset: -1 }],
    ['a fraction', { ...position, offset: 0.5 }],
    ['an offset beyond exact integers', { ...position, offset: 2 ** 53 }],
    ['an infinite offset', { ...position, offset: Number.POSITIVE_INFINITY }],
    ['a revision that is not a number', { ...position, revision: Number.NaN }],
  ])('does not take %s for one', (_, value) => {
    expect(parsePosition(value)).toBeNull();
  });

  it('never throws, and gives only counters', () => {
    const field = fc.jsonValue({ maxDepth: 1 });
    const value = fc.oneof(
      fc.jsonValue(),
      fc.record({ epoch: fc.oneof(fc.string(), field), offset: field, revision: field }),
    );
    fc.assert(
      fc.property(value, (input) => {
        const parsed = parsePosition(input);
        if (parsed) expect(isCounter(parsed.offset) && isCounter(parsed.revision)).toBe(true);
      }),
    );
  });
});
