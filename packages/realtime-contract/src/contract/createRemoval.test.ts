import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { createRemoval } from './createRemoval.ts';
import { defineContract } from './defineContract.ts';

const contract = defineContract({
  version: '1.0',
  rooms: { event: { template: 'event-{eventId}' }, global: { template: 'global' } },
  events: {
    sold: { room: 'event', payload: v.null(), delivery: 'reliable', example: null },
    price: {
      room: 'event',
      payload: v.object({ symbol: v.string() }),
      delivery: 'latest',
      key: ({ symbol }) => symbol,
      example: { symbol: 'A' },
    },
    status: { room: 'global', payload: v.null(), delivery: 'latest', example: null },
  },
});

describe('createRemoval', () => {
  it('names the value that is gone', () => {
    expect(createRemoval(contract, ['event', { eventId: '42' }], 'price', 'A')).toEqual({
      room: 'event-42',
      event: 'price',
      payload: null,
      delivery: 'latest',
      removed: true,
      key: 'A',
    });
    expect(createRemoval(contract, ['global'], 'status')).not.toHaveProperty('key');
  });

  it('refuses an event that keeps no values, is of another room or unknown', () => {
    const unknown = expect.objectContaining({ code: 'UNKNOWN_EVENT' });
    const remove = (name: string) =>
      createRemoval(contract, ['event', { eventId: '42' }], name as never);
    for (const name of ['sold', 'status', 'toString', '']) {
      expect(() => remove(name)).toThrow(unknown);
    }
  });

  it('refuses an id that cannot be part of a name', () => {
    expect(() => createRemoval(contract, ['event', { eventId: '' }], 'price')).toThrow(
      expect.objectContaining({ code: 'INVALID_ROOM' }),
    );
  });
});
