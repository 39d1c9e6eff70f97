import { z } from 'zod';
import type { AnyContract, EncryptedEventName, PlainEventNameOf } from '../contract/contract.ts';
import { createPublication } from '../contract/createPublication.ts';
import { defineContract } from '../contract/defineContract.ts';
import type { Same } from '../contract/same.test-d.ts';

const event = {
  room: 'chat',
  payload: z.string(),
  delivery: 'reliable',
  example: 'hi',
} as const;
const contract = defineContract({
  version: '1.0',
  rooms: { chat: { template: 'chat' }, other: { template: 'other' } },
  events: {
    said: { ...event, encrypted: true },
    open: { ...event, encrypted: false },
    plain: event,
  },
});
const bare = defineContract({ version: '1.0', rooms: contract.rooms, events: { plain: event } });

export const names: [
  Same<EncryptedEventName<typeof contract>, 'said'>,
  Same<EncryptedEventName<typeof bare>, never>,
  Same<EncryptedEventName<AnyContract>, never>,
  Same<PlainEventNameOf<typeof contract, 'chat'>, 'open' | 'plain'>,
  Same<PlainEventNameOf<typeof contract, 'other'>, never>,
] = [true, true, true, true, true];

createPublication(contract, ['chat'], 'plain', 'x');
// @ts-expect-error it would be published in the clear
createPublication(contract, ['chat'], 'said', 'x');
defineContract({
  version: '1.0',
  rooms: contract.rooms,
  // @ts-expect-error not a boolean
  events: { said: { ...event, encrypted: 'yes' } },
});
