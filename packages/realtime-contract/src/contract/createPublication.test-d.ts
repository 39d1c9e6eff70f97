import { contract } from './contract.test-d.ts';
import type { RoomArgs, RoomKind } from './contract.ts';
import { createPublication } from './createPublication.ts';
import type { PublicationInput } from './publication.ts';

export function publications(): PublicationInput[] {
  return [
    createPublication(contract, ['event', { eventId: '42' }], 'sold', { id: '1', price: 3 }),
    createPublication(contract, ['event', { eventId: '42' }], 'bid', { amount: 3 }),
    createPublication(contract, ['global'], 'price', { symbol: 'A' }, { causedBy: 'call-1' }),
    // @ts-expect-error no event of that name
    createPublication(contract, ['event', { eventId: '42' }], 'slod', { id: '1' }),
    // @ts-expect-error an event of another room
    createPublication(contract, ['global'], 'sold', { id: '1' }),
    // @ts-expect-error no room of that kind
    createPublication(contract, ['evnt', { eventId: '42' }], 'sold', { id: '1' }),
    // @ts-expect-error the room needs a parameter
    createPublication(contract, ['event'], 'sold', { id: '1' }),
    // @ts-expect-error the parameter has another name
    createPublication(contract, ['event', { userId: '42' }], 'sold', { id: '1' }),
    // @ts-expect-error an empty target never means everyone
    createPublication(contract, [], 'price', { symbol: 'A' }),
    // @ts-expect-error the field is text
    createPublication(contract, ['event', { eventId: '42' }], 'sold', { id: 1 }),
    // @ts-expect-error the payload has no such field
    createPublication(contract, ['event', { eventId: '42' }], 'sold', { id: '1', prise: 3 }),
    // @ts-expect-error the payload is missing
    createPublication(contract, ['event', { eventId: '42' }], 'sold'),
    // @ts-expect-error the key comes from the contract
    createPublication(contract, ['global'], 'price', { symbol: 'A' }, { key: 'A' }),
  ];
}

/** How the libraries above pass a target on: as rest arguments, with the kind inferred. */
export function subscribe<Kind extends RoomKind<typeof contract>>(
  ...room: RoomArgs<typeof contract, Kind>
): Kind {
  return room[0];
}

export function subscriptions(): ['event', 'global', 'seat'] {
  return [
    subscribe('event', { eventId: '42' }),
    subscribe('global'),
    subscribe('seat', { row: 'A', seat: '12' }),
  ];
}

export function nothingOfThisCompiles(): unknown[] {
  return [
    // @ts-expect-error the room needs a parameter
    subscribe('event'),
    // @ts-expect-error one of two parameters is missing
    subscribe('seat', { row: 'A' }),
    // @ts-expect-error no room of that kind
    subscribe('evnt'),
  ];
}
