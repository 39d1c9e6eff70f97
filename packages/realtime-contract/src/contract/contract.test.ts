import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRoomcastError } from '../errors/roomcastError.ts';
import { defineContract } from './defineContract.ts';

const contract = defineContract({
  version: '1.0',
  rooms: {
    event: { template: 'event-{eventId}' },
    user: { template: 'user-{userId}' },
    seat: { template: 'seat-{row}:{seat}' },
    global: { template: 'global' },
    ['__proto__']: { template: 'proto-{id}' },
    constructor: { template: 'constructor-{id}' },
  },
  events: {},
});

type Room = readonly [kind: string, params: unknown];

function format([kind, params]: Room): string | null {
  try {
    return contract.formatRoom(kind as 'event', params as { eventId: string });
  } catch (error) {
    if (isRoomcastError(error, 'INVALID_ROOM')) return null;
    throw error;
  }
}

const id = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'a-:/%3AF.~'), maxLength: 6 }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '../', '\0', '__proto__', 'constructor', 'user-1', 'global', '\ud800'),
);
const room: fc.Arbitrary<Room> = fc.oneof(
  id.map((eventId) => ['event', { eventId }] as const),
  id.map((userId) => ['user', { userId }] as const),
  fc.tuple(id, id).map(([row, seat]) => ['seat', { row, seat }] as const),
  fc.constant(['global', {}] as const),
  id.map((value) => ['__proto__', { id: value }] as const),
  id.map((value) => ['constructor', { id: value }] as const),
);

describe('formatRoom and parseRoom', () => {
  it('are inverse for every room that is accepted', () => {
    fc.assert(
      fc.property(room, ([kind, params]) => {
        const name = format([kind, params]);
        if (name !== null) expect(contract.parseRoom(name)).toEqual({ kind, params });
      }),
    );
  });

  it('give two different rooms two different names', () => {
    fc.assert(
      fc.property(room, room, (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other));
        const name = format(one);
        if (name !== null) expect(name).not.toBe(format(other));
      }),
    );
  });

  it('agree on every string: it is no room, or exactly the name of one', () => {
    const prefix = fc.constantFrom('event-', 'user-', 'seat-', 'global', 'proto-', '');
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.tuple(prefix, id).map((parts) => parts.join('')),
      fc.tuple(prefix, fc.string({ unit: 'binary' })).map(([a, b]) => a + encodeURI(b)),
    );
    fc.assert(
      fc.property(text, (name) => {
        const parsed = contract.parseRoom(name);
        if (parsed) expect(format([parsed.kind, parsed.params])).toBe(name);
      }),
    );
  });

  it.each([
    ['an id', '42'],
    ['an empty id', { eventId: '' }],
    ['an id of 10,000 characters', { eventId: 'x'.repeat(10_000) }],
    ['a lone surrogate', { eventId: '\udfff' }],
    ['an object', { eventId: { eventId: '42' } }],
    ['an array', { eventId: ['42'] }],
    ['a list of parameters', ['42']],
    ['null', { eventId: null }],
    ['null for all parameters', null],
    ['no parameters', undefined],
  ])('refuse %s with INVALID_ROOM', (_, params) => {
    expect(format(['event', params])).toBeNull();
  });

  it.each(['unheard-of', 'toString', 'hasOwnProperty', ''])('know no kind %j', (kind) => {
    expect(format([kind, { id: '1', eventId: '1' }])).toBeNull();
  });

  it('take a kind called __proto__ for one like any other', () => {
    expect(contract.parseRoom('proto-1')).toEqual({ kind: '__proto__', params: { id: '1' } });
    expect(format(['__proto__', { id: '1' }])).toBe('proto-1');
  });

  it("keep another room's name inside the room it is an id of", () => {
    const name = format(['event', { eventId: 'user-7' }]);
    expect(contract.parseRoom(String(name))?.kind).toBe('event');
  });
});
