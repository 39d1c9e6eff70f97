import { describe, expect, it } from 'vitest';
import { errorCodes, isErrorCode } from './errorCodes.ts';

describe('errorCodes', () => {
  it.each(Object.keys(errorCodes))('writes %s as codes are written', (code) => {
    expect(code).toMatch(/^[A-Z]+(?:_[A-Z]+)*$/);
  });

  it('is in alphabetical order, so that one code is written down once', () => {
    expect(Object.keys(errorCodes)).toEqual(Object.keys(errorCodes).toSorted());
  });
});

describe('isErrorCode', () => {
  it('knows every code of the table', () => {
    expect(Object.keys(errorCodes).every(isErrorCode)).toBe(true);
  });

  it.each(['SOLD_OUT', 'closed', '', 'constructor', '__proto__', 'toString', 1, null, ['CLOSED']])(
    'does not take %j for one',
    (value) => {
      expect(isErrorCode(value)).toBe(false);
    },
  );
});
