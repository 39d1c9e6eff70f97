import { ActionError, defineContract, RoomcastError } from '@roomcast/realtime-contract';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { z } from 'zod';
import { createMockRealtime } from './createMockRealtime.ts';
import type { MockDisconnect } from './mockDisconnect.ts';

const mock = createMockRealtime(eventContract, { user: 'alice' });
const purchase = eventContract.events['ticket-purchased'].example;
const receipt = { messageId: 'm-1', timestamp: purchase.timestamp };

// Events have their names, payloads and rooms.
mock.publish('ticket-purchased');
mock.publish('ticket-purchased', { ...purchase, price: 3 }, { eventId: '42' });
mock.publish('heartbeat', undefined, {});
// @ts-expect-error: no event has this name
mock.publish('slod');
// @ts-expect-error: a price is a number
mock.publish('ticket-purchased', { ...purchase, price: '3' });
// @ts-expect-error: a payload needs all of its fields
mock.publish('ticket-purchased', { ticketId: 't-1' });
// @ts-expect-error: this event is of rooms with an eventId
mock.publish('ticket-purchased', purchase, { userId: 'alice' });
// @ts-expect-error: no event has this name
mock.remove('market-updates', 'A');

// Actions have their inputs, outputs and refusals.
mock.answer('send-message', receipt);
mock.answer('send-message', new ActionError('EVENT_NOT_FOUND'));
mock.answer('send-message', new RoomcastError('LIMIT_EXCEEDED', 'Too many.'));
mock.answer('send-message', async ({ message }, { publish, user }) => {
  publish('notification', undefined, { userId: user ?? message });
  // @ts-expect-error: no event has this name
  publish('notifications');
  return receipt;
});
mock.answer('send-message', ({ eventId }) =>
  eventId === '42' ? receipt : new ActionError('EVENT_NOT_FOUND'),
);
// @ts-expect-error: a handler cannot answer in the name of the server
mock.answer('send-message', () => new RoomcastError('LIMIT_EXCEEDED', 'Too many.'));
// @ts-expect-error: no action has this name
mock.answer('send-massage', receipt);
// @ts-expect-error: an id is a text
mock.answer('send-message', { ...receipt, messageId: 7 });
// @ts-expect-error: the contract does not declare this refusal
mock.answer('send-message', new ActionError('SOLD_OUT'));
// @ts-expect-error: the input has no such field
mock.answer('send-message', ({ text }) => text);

for (const { action, input } of mock.calls) {
  const name: 'send-message' = action;
  const text: string = input.message;
  [name, text].join();
}

// Rooms, reasons and codes are those that there are.
mock.gap(['event', { eventId: '42' }], 'epoch-changed');
mock.gap(['global'], 'overflow', 3);
// @ts-expect-error: no gap has this reason
mock.gap(['global'], 'lost');
// @ts-expect-error: the room has a parameter
mock.gap(['event'], 'overflow');
mock.refuse(['event', { eventId: '42' }], 'LIMIT_EXCEEDED');
// @ts-expect-error: no room is refused with this code
mock.refuse(['event', { eventId: '42' }], 'CONNECTION_LOST');
// @ts-expect-error: no room is of this kind
mock.admit(['events', { eventId: '42' }]);

const endings: readonly MockDisconnect[] = [
  ...(['transport-close', 'ping-timeout', 'slow', 'server-disconnect'] as const),
  ...(['invalid-frame', 'token-expired', 'token-revoked'] as const),
  { reason: 'server-shutdown', retryAfterMs: 1 },
  { reason: 'refused', code: 'CONNECTION_LIMIT' },
];
for (const how of endings) mock.disconnect(how);
// @ts-expect-error: no connection ends in this way
mock.disconnect('gone');
// @ts-expect-error: no handshake is refused with this code
mock.disconnect({ reason: 'refused', code: 'LIMIT_EXCEEDED' });

// Members tell what the contract says, in rooms that have presence.
const withPresence = createMockRealtime(
  defineContract({
    version: '1.0',
    rooms: {
      event: {
        template: 'event-{eventId}',
        presence: z.object({ name: z.string(), seat: z.string().default('none') }),
      },
      stage: { template: 'stage' },
    },
    events: {},
  }),
);
withPresence.presence(['event', { eventId: '42' }], [{ userId: 'bob', data: { name: 'Bob' } }]);
withPresence.presence(['event', { eventId: '42' }], [], { unlisted: 7 });
const seats: readonly string[] = withPresence
  .members(['event', { eventId: '42' }])
  .map(({ data }) => data.seat);
seats.join();
// @ts-expect-error: a name is a text
withPresence.presence(['event', { eventId: '42' }], [{ data: { name: 7 } }]);
// @ts-expect-error: rooms of this kind have no presence
withPresence.presence(['stage'], []);
// @ts-expect-error: no room of this contract has presence
mock.presence(['event', { eventId: '42' }], []);

// What is looked at is of the contract, too.
const kinds: readonly ('event' | 'user' | 'global')[] = mock.joined.map(({ kind }) => kind);
kinds.join();
// @ts-expect-error: the mock's own server decides where to connect
createMockRealtime(eventContract, { url: 'http://localhost' });
