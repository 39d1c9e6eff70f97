import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ActionError } from './actionError.ts';
import { type ErrorCode, errorCodes } from './errorCodes.ts';
import { InvalidPayloadError } from './invalidPayloadError.ts';
import { RoomcastError } from './roomcastError.ts';
import { fromWireError, toWireError } from './wireError.ts';

const codes = Object.keys(errorCodes) as ErrorCode[];

describe('toWireError', () => {
  it('shows code and message of our errors and of declared refusals, and nothing else', () => {
    const error = new InvalidPayloadError('input', [{ message: 'no' }]);
    expect(toWireError(error)).toEqual({ code: 'INVALID_PAYLOAD', message: error.message });
    expect(toWireError(new ActionError('SOLD_OUT', 'No seats.'))).toEqual({
      code: 'SOLD_OUT',
      message: 'No seats.',
    });
  });

  it('tells how long to wait, where the error says so', () => {
    const error = new RoomcastError('RATE_LIMITED', 'Too much.', { retryAfterMs: 250 });
    expect(toWireError(error)).toEqual({
      ...{ code: 'RATE_LIMITED', message: 'Too much.', retryAfterMs: 250 },
    });
  });

  it.each([
    ['an ordinary error', new Error('password is hunter2')],
    ['an object that looks like one of ours', { code: 'CLOSED', message: 'hunter2' }],
    ['a string', 'hunter2'],
    ['nothing', undefined],
  ])('hides %s behind INTERNAL', (_, error) => {
    const wire = toWireError(error);
    expect(wire.code).toBe('INTERNAL');
    expect(JSON.stringify(wire)).not.toContain('hunter2');
  });
});

describe('fromWireError', () => {
  it.each(codes)('makes a RoomcastError of %s', (code) => {
    const error = fromWireError({ code, message: 'why' });
    expect(error).toBeInstanceOf(RoomcastError);
    expect(error).toMatchObject({ code, message: 'why' });
  });

  it.each(['SOLD_OUT', 'constructor', '__proto__'])('makes an ActionError of %s', (code) => {
    const error = fromWireError({ code, message: 'why' });
    expect(error).toBeInstanceOf(ActionError);
    expect(error).toMatchObject({ code, message: 'why' });
  });

  it.each([undefined, null, 'CLOSED', 7, [], {}, { code: 7, message: [] }, { code: null }])(
    'takes %j for INTERNAL',
    (value) => {
      expect(fromWireError(value)).toMatchObject({
        name: 'RoomcastError',
        code: 'INTERNAL',
        message: 'The server gave no reason.',
      });
    },
  );

  it('keeps a message that comes without a code', () => {
    expect(fromWireError({ message: 'why' })).toMatchObject({ code: 'INTERNAL', message: 'why' });
  });

  it('knows how long to wait, where that is a time', () => {
    const wire = { code: 'RATE_LIMITED', message: 'Too much.' };
    expect(fromWireError({ ...wire, retryAfterMs: 250 })).toMatchObject({ retryAfterMs: 250 });
    for (const retryAfterMs of [-1, 2 ** 31, '250', null, Number.NaN]) {
      expect(fromWireError({ ...wire, retryAfterMs })).not.toHaveProperty('retryAfterMs');
    }
  });

  it('makes an error of every JSON value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(fromWireError(value)).toBeInstanceOf(Error);
      }),
    );
  });

  it('restores what toWireError sent', () => {
    const error = fc.tuple(fc.oneof(fc.constantFrom(...codes), fc.string()), fc.string());
    fc.assert(
      fc.property(error, ([code, message]) => {
        const wire: unknown = JSON.parse(JSON.stringify({ code, message }));
        expect(toWireError(fromWireError(wire))).toEqual({ code, message });
      }),
    );
  });
});
