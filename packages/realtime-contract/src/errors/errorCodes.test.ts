import { describe, expect, it } from 'vitest';
import { errorCodes, isErrorCode } from './errorCodes.ts';

describe('errorCodes', () => {
  it.each(Object.entries(errorCodes))('says of %s what happened and what to do', (code, entry) => {
    expect(code).toMatch(/^[A-Z]+(?:_[A-Z]+)*$/);
    expect(entry.summary).toMatch(/^[a-z].{10,}[^.]$/);
    expect(entry.remedy).toMatch(/^[a-z].{10,}[^.]$/);
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
