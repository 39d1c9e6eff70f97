import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxRoomNameBytes } from '../contract/roomTemplate.ts';
import { isRoomcastError } from '../errors/roomcastError.ts';
import {
  encodeHandshake,
  type FramedHandshake,
  maxRoomsPerRequest,
  parseHandshake,
  parseRoomRequests,
} from './handshake.ts';

const position = { epoch: 'abc', offset: 3, revision: 7 };
const framed = {
  dialect: 'framed',
  token: 'secret',
  contractVersion: '1.0',
  fingerprint: '0123456789abcdef',
  rooms: [{ room: 'event-42', position }, { room: 'global' }],
  features: ['deflate'],
} satisfies FramedHandshake;

function refused(reason: string) {
  return expect.objectContaining({
    code: 'INVALID_HANDSHAKE',
    message: expect.stringContaining(reason),
  });
}

/** What a handshake of ours looks like on the wire, with some fields replaced. */
function withFields(fields: Record<string, unknown>): Record<string, unknown> {
  const { roomcast, ...rest } = encodeHandshake(framed);
  return { ...rest, roomcast: { ...(roomcast as object), ...fields } };
}

function rooms(count: number): { room: string }[] {
  return Array.from({ length: count }, (_, index) => ({ room: `event-${index}` }));
}

describe('parseHandshake', () => {
  it('reads what encodeHandshake made', () => {
    const anyHandshake: fc.Arbitrary<FramedHandshake> = fc.record({
      dialect: fc.constant('framed' as const),
      token: fc.option(fc.string({ minLength: 1 })),
      contractVersion: fc
        .tuple(fc.nat(), fc.nat())
        .map((parts) => parts.map((n) => n % 1e9).join('.')),
      fingerprint: fc.string({
        unit: fc.constantFrom(...'0123456789abcdef'),
        minLength: 16,
        maxLength: 16,
      }),
      rooms: fc.uniqueArray(
        fc.record(
          { room: fc.string(), position: fc.constant(position) },
          { requiredKeys: ['room'] },
        ),
        { selector: ({ room }) => room },
      ),
      features: fc.array(fc.string({ maxLength: 20 }), { maxLength: 32 }),
    });
    const optional: fc.Arbitrary<Pick<FramedHandshake, 'session' | 'maxReplay'>> = fc.record(
      { session: fc.string({ maxLength: 64 }), maxReplay: fc.maxSafeNat() },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(anyHandshake, optional, (required, rest) => {
        const handshake = { ...required, ...rest };
        const auth: unknown = JSON.parse(JSON.stringify(encodeHandshake(handshake)));
        expect(parseHandshake(auth)).toEqual(handshake);
      }),
    );
  });

  it('takes a handshake without our field for that of a stock client', () => {
    expect(parseHandshake({})).toEqual({ dialect: 'plain', token: null });
    expect(parseHandshake({ token: 'secret', room: 'event-42' })).toEqual({
      dialect: 'plain',
      token: 'secret',
    });
  });

  it('knows a stock client that asks for compressed events', () => {
    const dialectOf = (compress: unknown) => parseHandshake({ compress }).dialect;
    expect(dialectOf(true)).toBe('plain-compressed');
    expect(dialectOf(false)).toBe('plain');
    for (const value of ['yes', 1, null, {}]) {
      expect(() => dialectOf(value)).toThrow('`auth.compress` must be true or false');
    }
  });

  it('takes null for no token', () => {
    expect(parseHandshake({ token: null })).toEqual({ dialect: 'plain', token: null });
  });

  it('takes a framed handshake that names no rooms', () => {
    expect(parseHandshake(withFields({ rooms: undefined }))).toMatchObject({ rooms: [] });
    expect(parseHandshake(withFields({ rooms: null }))).toMatchObject({ rooms: [] });
  });

  it('takes a framed handshake that names no features', () => {
    expect(parseHandshake(withFields({ features: undefined }))).toMatchObject({ features: [] });
  });

  it('drops fields that it does not know', () => {
    expect(parseHandshake({ ...withFields({ codec: 'deflate' }), userId: 'admin' })).toEqual(
      framed,
    );
  });

  it.each([undefined, null, 'token', 7, [], ['token']])('refuses %j for auth', (auth) => {
    expect(() => parseHandshake(auth)).toThrow(refused('`auth` must be an object'));
  });

  it.each([
    ['an empty token', ''],
    ['a number', 7],
    ['an object', { toString: 'x' }],
    ['a list', ['secret']],
    ['a token above 16,384 characters', 'x'.repeat(16_385)],
  ])('refuses %s', (_, token) => {
    expect(() => parseHandshake({ token })).toThrow(refused('`auth.token` must be'));
  });

  it('takes a token of 16,384 characters', () => {
    expect(parseHandshake({ token: 'x'.repeat(16_384) }).token).toHaveLength(16_384);
  });

  it('never repeats a token in its message', () => {
    expect(() => parseHandshake({ token: 'secret', roomcast: {} })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('secret') }),
    );
  });

  it.each([null, true, 'framed', [], 1])('refuses %j for auth.roomcast', (roomcast) => {
    expect(() => parseHandshake({ roomcast })).toThrow(
      refused('`auth.roomcast` must be an object'),
    );
  });

  it.each([
    ['protocol', 2, '`auth.roomcast.protocol` must be 1'],
    ['protocol', '1', '`auth.roomcast.protocol` must be 1'],
    ['contract', 1, '`auth.roomcast.contract` must be "major.minor"'],
    ['contract', '1', '`auth.roomcast.contract` must be "major.minor"'],
    ['contract', '1234567890.0', '`auth.roomcast.contract` must be "major.minor"'],
    ['fingerprint', '0123456789ABCDEF', '`auth.roomcast.fingerprint` must be 16 hexadecimal'],
    ['fingerprint', 'abc', '`auth.roomcast.fingerprint` must be 16 hexadecimal'],
    ['fingerprint', undefined, '`auth.roomcast.fingerprint` must be 16 hexadecimal'],
    ['features', 'deflate', '`features` must be a list'],
    ['features', [7], '`features` must be a list'],
    ['features', ['x'.repeat(65)], '`features` must be a list'],
    ['features', new Array(33).fill('x'), '`features` must be a list of at most 32'],
    ['session', 7, '`session` must be a text'],
    ['session', 'x'.repeat(65), '`session` must be a text'],
    ['maxReplay', -1, '`maxReplay` must be a whole number'],
    ['maxReplay', '300', '`maxReplay` must be a whole number'],
    ['rooms', { length: 0 }, '`rooms` must be a list'],
    ['rooms', 'event-42', '`rooms` must be a list'],
    ['rooms', ['event-42'], 'each of `rooms` must be { room, position? }'],
  ])('refuses %s = %j', (field, value, reason) => {
    expect(() => parseHandshake(withFields({ [field]: value }))).toThrow(refused(reason));
  });

  it('throws nothing but INVALID_HANDSHAKE for arbitrary values', () => {
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom(1, '1.0', framed.fingerprint),
    );
    const request = fc.record({ room: value, position: fc.oneof(value, fc.constant(position)) });
    const auth = fc.oneof(
      fc.anything(),
      fc.record({
        token: value,
        roomcast: fc.record({
          protocol: fc.constant(1),
          contract: fc.constant('1.0'),
          fingerprint: fc.oneof(value, fc.constant(framed.fingerprint)),
          rooms: fc.oneof(value, fc.array(fc.oneof(request, value))),
        }),
      }),
    );
    fc.assert(
      fc.property(auth, (input) => {
        try {
          expect(parseHandshake(input).dialect).toMatch(/^(plain|framed)$/);
        } catch (error) {
          if (!isRoomcastError(error, 'INVALID_HANDSHAKE')) throw error;
        }
      }),
    );
  });
});

describe('parseRoomRequests', () => {
  it('takes at most 128 rooms', () => {
    expect(parseRoomRequests(rooms(maxRoomsPerRequest))).toHaveLength(128);
    expect(() => parseRoomRequests(rooms(maxRoomsPerRequest + 1))).toThrow(
      refused('at most 128 rooms'),
    );
  });

  it('does not look into a list that is too long', () => {
    const list = new Proxy(new Array(1_000_000), {
      get(target, name) {
        if (name === 'length') return target.length;
        throw new Error(`read ${String(name)}`);
      },
    });
    expect(() => parseRoomRequests(list)).toThrow(refused('at most 128 rooms'));
  });

  it('refuses a room named twice, whatever the positions', () => {
    expect(() =>
      parseRoomRequests([{ room: 'a' }, { room: 'b' }, { room: 'a', position }]),
    ).toThrow(refused('`rooms` names a room twice'));
  });

  it('keeps only room and position', () => {
    expect(parseRoomRequests([{ room: 'a', position: { ...position, x: 1 }, kind: 'b' }])).toEqual([
      { room: 'a', position },
    ]);
  });

  it.each([
    ['a name', 'event-42'],
    ['null', null],
    ['no room', {}],
    ['a number', { room: 42 }],
    ['an object', { room: { toString: 'x' } }],
    ['a list', { room: ['event-42'] }],
    ['10,000 characters', { room: 'x'.repeat(10_000) }],
  ])('refuses %s for a room', (_, request) => {
    expect(() => parseRoomRequests([request])).toThrow(refused('each of `rooms` must be'));
  });

  it('leaves it to the contract which names are rooms', () => {
    const names = [
      '',
      '../',
      '\0',
      '__proto__',
      'constructor',
      '\ud800',
      'x'.repeat(maxRoomNameBytes),
    ];
    expect(parseRoomRequests(names.map((room) => ({ room }))).map(({ room }) => room)).toEqual(
      names,
    );
  });

  it.each([null, 'abc', {}, { ...position, offset: -1 }, { ...position, epoch: 'x'.repeat(65) }])(
    'refuses %j for a position',
    (broken) => {
      expect(() => parseRoomRequests([{ room: 'a', position: broken }])).toThrow(
        refused('a position must be { epoch, offset, revision }'),
      );
    },
  );

  it('survives a value of any depth', () => {
    let deep: unknown = 'bottom';
    for (let level = 0; level < 200_000; level++) deep = level % 2 ? [deep] : { room: deep };
    expect(() => parseRoomRequests([deep])).toThrow(refused('each of `rooms`'));
    expect(() => parseRoomRequests([{ room: 'a', position: deep }])).toThrow(refused('a position'));
    expect(() => parseRoomRequests(deep)).toThrow(refused('each of `rooms`'));
  });
});
