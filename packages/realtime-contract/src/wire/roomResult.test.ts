import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gapReasons } from './gapReason.ts';
import { parseRoomResult, type RoomResult } from './roomResult.ts';

const room = 'event-42';
const position = { epoch: 'abc', offset: 3, revision: 7 };

const anyPosition = fc.record({
  epoch: fc.string({ minLength: 1, maxLength: 64 }),
  offset: fc.maxSafeNat(),
  revision: fc.maxSafeNat(),
});
const anyResult: fc.Arbitrary<RoomResult> = fc.oneof(
  fc.record({
    room: fc.string(),
    status: fc.constantFrom('fresh' as const, 'resumed' as const),
    position: anyPosition,
  }),
  fc.record(
    {
      room: fc.string(),
      status: fc.constant('gap' as const),
      position: anyPosition,
      reason: fc.constantFrom(...gapReasons),
      missed: fc.maxSafeNat(),
    },
    { requiredKeys: ['room', 'status', 'position', 'reason'] },
  ),
  fc.record({
    room: fc.string(),
    status: fc.constant('refused' as const),
    error: fc.record({ code: fc.string(), message: fc.string() }),
  }),
);

describe('parseRoomResult', () => {
  it.each(['fresh', 'resumed'])('reads a %s room', (status) => {
    expect(parseRoomResult({ room, status, position, reason: 'limit', extra: 1 })).toEqual({
      room,
      status,
      position,
    });
  });

  it.each(['fresh', 'resumed', 'gap'])('reads how long a %s room was quiet', (status) => {
    const result = { room, status, position, ...(status === 'gap' && { reason: 'limit' }) };
    expect(parseRoomResult({ ...result, quietForMs: 12 })).toEqual({ ...result, quietForMs: 12 });
    for (const quietForMs of ['12', -1, null]) {
      expect(parseRoomResult({ ...result, quietForMs })).toEqual(result);
    }
  });

  it.each(gapReasons)('reads a gap because of %s', (reason) => {
    const gap = { room, status: 'gap', position, reason };
    expect(parseRoomResult(gap)).toEqual(gap);
    expect(parseRoomResult({ ...gap, missed: 12 })).toEqual({ ...gap, missed: 12 });
  });

  it.each(['12', -1, 0.5, null, {}])('leaves out %j for the number missed', (missed) => {
    const gap = { room, status: 'gap', position, reason: 'limit' };
    expect(parseRoomResult({ ...gap, missed })).toEqual(gap);
  });

  it('reads a refusal, whose message may be missing', () => {
    const error = { code: 'FORBIDDEN', message: 'No.' };
    expect(
      parseRoomResult({ room, status: 'refused', error: { ...error, stack: 'at x' } }),
    ).toEqual({
      room,
      status: 'refused',
      error,
    });
    expect(parseRoomResult({ room, status: 'refused', error: { code: 'FORBIDDEN' } })).toEqual({
      room,
      status: 'refused',
      error: { code: 'FORBIDDEN', message: 'FORBIDDEN' },
    });
  });

  it.each([
    ['null', null],
    ['a list', [room, 'fresh', position]],
    ['no room', { status: 'fresh', position }],
    ['a room that is an object', { room: {}, status: 'fresh', position }],
    ['no status', { room, position }],
    ['an unknown status', { room, status: 'constructor', position, reason: 'limit' }],
    ['no position', { room, status: 'fresh' }],
    ['a broken position', { room, status: 'resumed', position: { ...position, offset: '3' } }],
    ['a gap without a reason', { room, status: 'gap', position }],
    ['a gap with an unknown reason', { room, status: 'gap', position, reason: 'length' }],
    ['a refusal without an error', { room, status: 'refused', position }],
    ['a refusal with a list', { room, status: 'refused', error: ['FORBIDDEN'] }],
    ['a refusal without a code', { room, status: 'refused', error: { message: 'No.' } }],
  ])('does not take %s for one', (_, value) => {
    expect(parseRoomResult(value)).toBeNull();
  });

  it('reads back every result that was sent', () => {
    fc.assert(
      fc.property(anyResult, (result) => {
        expect(parseRoomResult(JSON.parse(JSON.stringify(result)))).toEqual(result);
      }),
    );
  });

  it('gives a result that it would read again, or null, for every JSON value', () => {
    const field = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      anyPosition,
      fc.constantFrom(...gapReasons),
    );
    const value = fc.oneof(
      fc.jsonValue(),
      fc.record({
        room: fc.oneof(fc.string(), field),
        status: fc.constantFrom('fresh', 'resumed', 'gap', 'refused', 'other', null),
        position: field,
        reason: field,
        missed: field,
        error: fc.oneof(field, fc.record({ code: fc.oneof(fc.string(), field), message: field })),
      }),
    );
    fc.assert(
      fc.property(value, (input) => {
        const result = parseRoomResult(input);
        if (result) expect(parseRoomResult(result)).toEqual(result);
      }),
    );
  });
});
