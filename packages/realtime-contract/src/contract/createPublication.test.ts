import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { createPublication } from './createPublication.ts';
import { defineContract } from './defineContract.ts';

const contract = defineContract({
  version: '1.0',
  rooms: { event: { template: 'event-{eventId}' }, global: { template: 'global' } },
  events: {
    sold: {
      room: 'event',
      payload: v.object({ id: v.string() }),
      delivery: 'reliable',
      example: { id: '1' },
    },
    price: {
      room: 'global',
      payload: v.object({ symbol: v.string() }),
      delivery: 'latest',
      key: (price) => price.symbol,
      example: { symbol: 'A' },
    },
    beat: { room: 'global', payload: v.null(), delivery: 'volatile', example: null },
  },
});

describe('createPublication', () => {
  it('names the room and takes the delivery from the contract', () => {
    expect(createPublication(contract, ['event', { eventId: 'a/b' }], 'sold', { id: '1' })).toEqual(
      {
        room: 'event-a%2Fb',
        event: 'sold',
        payload: { id: '1' },
        delivery: 'reliable',
      },
    );
    expect(createPublication(contract, ['global'], 'beat', null)).toEqual({
      room: 'global',
      event: 'beat',
      payload: null,
      delivery: 'volatile',
    });
  });

  it('computes the key of a latest event from its payload', () => {
    expect(createPublication(contract, ['global'], 'price', { symbol: 'TICKET' })).toMatchObject({
      delivery: 'latest',
      key: 'TICKET',
    });
  });

  it('carries the idempotency key and the cause, and leaves out what is not there', () => {
    const options = { idempotencyKey: 'order-1', causedBy: 'call-7' };
    expect(createPublication(contract, ['global'], 'beat', null, options)).toMatchObject(options);
    const bare = createPublication(contract, ['global'], 'beat', null, {
      idempotencyKey: undefined,
    } as never);
    expect(Object.keys(bare)).toEqual(['room', 'event', 'payload', 'delivery']);
  });

  it('lets options that hold more than they should change nothing else', () => {
    const options = { causedBy: 'call-7', room: 'global', event: 'beat', key: 'k', payload: 0 };
    expect(
      createPublication(contract, ['event', { eventId: '1' }], 'sold', { id: '1' }, options),
    ).toEqual({
      room: 'event-1',
      event: 'sold',
      payload: { id: '1' },
      delivery: 'reliable',
      causedBy: 'call-7',
    });
  });

  it.each([
    ['nothing', []],
    ['an empty kind', ['']],
    ['undefined', [undefined]],
    ['a list of kinds', [['event']]],
  ])('refuses %s as a target, which never means everyone', (_, target) => {
    expect(() =>
      createPublication(contract, target as never, 'sold' as never, {} as never),
    ).toThrow(expect.objectContaining({ code: 'EMPTY_TARGET' }));
  });

  it.each([
    ['another kind of room', 'price'],
    ['no kind of room', 'unheard-of'],
    ['the prototype of every object', 'constructor'],
    ['the prototype itself', '__proto__'],
  ])('refuses an event of %s', (_, name) => {
    expect(() =>
      createPublication(contract, ['event', { eventId: '1' }], name as never, {} as never),
    ).toThrow(expect.objectContaining({ code: 'UNKNOWN_EVENT' }));
  });

  it.each([[['event']], [['event', null]], [['event', {}]], [['event', { eventId: '' }]]])(
    'refuses %j, which names no room',
    (target) => {
      expect(() =>
        createPublication(contract, target as never, 'sold', { id: '1' } as never),
      ).toThrow(expect.objectContaining({ code: 'INVALID_ROOM' }));
    },
  );
});
