import type {
  ActionErrorCode,
  ActionOutput,
  EventNameOf,
  EventPayload,
} from '../contract/contract.ts';
import { createPublication } from '../contract/createPublication.ts';
import type { Same } from '../contract/same.test-d.ts';
import { type EventContract, eventContract } from './eventContract.ts';

type Purchase = EventPayload<EventContract, 'ticket-purchased'>;

export const facts: [
  Same<
    EventNameOf<EventContract, 'event'>,
    'ticket-purchased' | 'ticket-transferred' | 'event-updated' | 'new-message'
  >,
  Same<EventNameOf<EventContract, 'user'>, 'notification' | 'balance-updated'>,
  Same<EventNameOf<EventContract, 'global'>, 'system-announcement' | 'market-update' | 'heartbeat'>,
  Same<Purchase['seat'], string | undefined>,
  Same<Purchase['price'], number>,
  Same<ActionErrorCode<EventContract, 'send-message'>, 'EVENT_NOT_FOUND'>,
  Same<ActionOutput<EventContract, 'send-message'>, { messageId: string; timestamp: string }>,
] = [true, true, true, true, true, true, true];

const timestamp = '2026-05-04T18:30:00.000Z';
const purchase = { eventId: '42', ticketId: '1', buyer: 'alice', price: 3, timestamp };

export function publications(): unknown[] {
  return [
    createPublication(eventContract, ['event', { eventId: '42' }], 'ticket-purchased', purchase),
    createPublication(eventContract, ['global'], 'heartbeat', { timestamp }),
    // @ts-expect-error a notification goes to a user
    createPublication(eventContract, ['global'], 'notification', { timestamp }),
    // @ts-expect-error the buyer is missing
    createPublication(eventContract, ['event', { eventId: '42' }], 'ticket-purchased', {
      timestamp,
    }),
  ];
}
