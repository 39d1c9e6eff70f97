import { type AnyContract, defineContract } from '@roomcast/realtime-contract';
import { describe, expect, it } from 'vitest';
import { createTestContract } from '../fakes/createTestContract.ts';
import { assertAutomaticRooms, automaticRooms } from './automaticRooms.ts';

const withRooms = (rooms: AnyContract['rooms']): AnyContract =>
  defineContract({ version: '1.0', rooms, events: {} });

describe('automaticRooms', () => {
  it('puts a user into their own room and the global one, and a guest into none', () => {
    const contract = createTestContract();
    expect(automaticRooms(contract, { id: 'a/b' })).toEqual(['user-a%2Fb', 'global']);
    expect(automaticRooms(contract, null)).toEqual([]);
  });

  it('leaves out what the contract does not have', () => {
    const contract = withRooms({ event: { template: 'event-{id}' } });
    expect(automaticRooms(contract, { id: 'alice' })).toEqual([]);
  });
});

describe('assertAutomaticRooms', () => {
  it.each([
    { user: { template: 'user-{id}' } },
    { user: { template: 'user-{userId}:{device}' } },
    { global: { template: 'global-{shard}' } },
  ])('refuses %j, since no session could begin', (rooms) => {
    expect(() => assertAutomaticRooms(withRooms(rooms))).toThrow(
      expect.objectContaining({ code: 'INVALID_CONFIG' }),
    );
  });

  it('accepts a contract with or without these rooms', () => {
    expect(() => assertAutomaticRooms(createTestContract())).not.toThrow();
    expect(() => assertAutomaticRooms(withRooms({}))).not.toThrow();
  });
});
