import { describe, expect, it } from 'vitest';
import { ActionError, isActionError } from './actionError.ts';
import { RoomcastError } from './roomcastError.ts';

describe('ActionError', () => {
  it('is an error with a code, which is the message where there is no other', () => {
    expect(new ActionError('SOLD_OUT')).toMatchObject({
      name: 'ActionError',
      code: 'SOLD_OUT',
      message: 'SOLD_OUT',
    });
    expect(new ActionError('SOLD_OUT', 'No seats left.').message).toBe('No seats left.');
    expect(new ActionError('SOLD_OUT')).toBeInstanceOf(Error);
  });
});

describe('isActionError', () => {
  it('tells action errors from others, and one code from another', () => {
    const error = new ActionError('SOLD_OUT');
    expect(isActionError(error)).toBe(true);
    expect(isActionError(error, 'SOLD_OUT')).toBe(true);
    expect(isActionError(error, 'LATE')).toBe(false);
  });

  it.each([
    ['another error', new RoomcastError('FORBIDDEN', 'no')],
    ['something that looks like one', { name: 'ActionError', code: 'SOLD_OUT', message: '' }],
    ['null', null],
    ['undefined', undefined],
  ])('is false for %s', (_, value) => {
    expect(isActionError(value)).toBe(false);
  });
});
