import { describe, expect, it } from 'vitest';
import { InvalidPayloadError } from './invalidPayloadError.ts';

describe('InvalidPayloadError', () => {
  it('names the place of each issue, in both forms a Standard Schema may report', () => {
    const error = new InvalidPayloadError('payload of "sold"', [
      { message: 'too short', path: ['seats', 0, { key: 'row' }] },
      { message: 'not an object' },
      { message: 'empty path', path: [] },
      { message: 'odd key', path: [Symbol('tag')] },
    ]);
    expect(error).toMatchObject({ name: 'InvalidPayloadError', code: 'INVALID_PAYLOAD' });
    expect(error.issues).toEqual([
      { path: 'seats.0.row', message: 'too short' },
      { path: '', message: 'not an object' },
      { path: '', message: 'empty path' },
      { path: 'Symbol(tag)', message: 'odd key' },
    ]);
    expect(error.message).toBe(
      'The payload of "sold" does not fit its schema: seats.0.row: too short; not an object; empty path; Symbol(tag): odd key',
    );
  });

  it('keeps its message short however many issues there are, because it goes to the client', () => {
    const issues = Array.from({ length: 10_000 }, (_, index) => ({
      message: 'x'.repeat(100),
      path: [index],
    }));
    const error = new InvalidPayloadError('input', issues);
    expect(error.issues).toHaveLength(10_000);
    expect(error.message.length).toBeLessThan(1_000);
    expect(error.message).toMatch(/; and 9995 more$/);
  });
});
