import { describe, expect, it } from 'vitest';
import { parseTokenAnswer } from './sessionFrames.ts';

describe('parseTokenAnswer', () => {
  it('reads how long the new token lives', () => {
    expect(parseTokenAnswer({ tokenExpiresInMs: 900_000, extra: 1 })).toEqual({
      tokenExpiresInMs: 900_000,
    });
    expect(parseTokenAnswer({ tokenExpiresInMs: null })).toEqual({ tokenExpiresInMs: null });
  });

  it.each([null, 'ok', {}, { tokenExpiresInMs: '1' }, { tokenExpiresInMs: -1 }])(
    'refuses %j',
    (value) => {
      expect(() => parseTokenAnswer(value)).toThrow(
        expect.objectContaining({ code: 'INVALID_FRAME' }),
      );
    },
  );
});
