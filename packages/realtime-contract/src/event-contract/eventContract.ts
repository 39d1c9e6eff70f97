import { defineContract } from '../contract/defineContract.ts';
import {
  BalanceUpdated,
  EventUpdated,
  Heartbeat,
  MarketUpdate,
  MessagePosted,
  MessageReceipt,
  NewMessage,
  Notification,
  SystemAnnouncement,
  TicketPurchased,
  TicketTransferred,
} from './payloads.ts';
import { eventRooms } from './rooms.ts';

const timestamp = '2026-05-04T18:30:00.000Z';

/** The ready contract of a ticket marketplace: rooms per event and user, and one for everyone. */
export const eventContract = defineContract({
  version: '1.0',
  rooms: eventRooms,
  events: {
    'ticket-purchased': {
      room: 'event',
      payload: TicketPurchased,
      delivery: 'reliable',
      example: {
        eventId: 'event-42',
        ticketId: 'ticket-1017',
        buyer: 'user-7',
        price: 49.5,
        seat: 'C12',
        timestamp,
      },
    },
    'ticket-transferred': {
      room: 'event',
      payload: TicketTransferred,
      delivery: 'reliable',
      example: {
        eventId: 'event-42',
        ticketId: 'ticket-1017',
        from: 'user-7',
        to: 'user-9',
        seat: 'C12',
        timestamp,
      },
    },
    'event-updated': {
      room: 'event',
      payload: EventUpdated,
      delivery: 'reliable',
      example: { eventId: 'event-42', updates: { venue: 'Harbour Hall' }, timestamp },
    },
    'new-message': {
      room: 'event',
      payload: MessagePosted,
      delivery: 'reliable',
      example: {
        eventId: 'event-42',
        messageId: 'message-311',
        userId: 'user-7',
        message: 'See you there!',
        timestamp,
      },
    },
    notification: {
      room: 'user',
      payload: Notification,
      delivery: 'reliable',
      example: {
        id: 'notification-5',
        type: 'success',
        title: 'Ticket received',
        message: 'Seat C12 is yours.',
        timestamp,
      },
    },
    'balance-updated': {
      room: 'user',
      payload: BalanceUpdated,
      delivery: 'reliable',
      example: { userId: 'user-7', balance: 150.5, currency: 'EUR', timestamp },
    },
    'system-announcement': {
      room: 'global',
      payload: SystemAnnouncement,
      delivery: 'reliable',
      example: {
        id: 'announcement-2',
        title: 'Maintenance',
        message: 'Sales pause at midnight for ten minutes.',
        severity: 'info',
        timestamp,
      },
    },
    'market-update': {
      room: 'global',
      payload: MarketUpdate,
      delivery: 'latest',
      key: (update) => update.symbol,
      example: { symbol: 'TICKET', price: 52.1, change: -0.4, timestamp },
    },
    heartbeat: {
      room: 'global',
      payload: Heartbeat,
      delivery: 'volatile',
      example: { timestamp },
    },
  },
  actions: {
    'send-message': { input: NewMessage, output: MessageReceipt, errors: ['EVENT_NOT_FOUND'] },
  },
});

/** The type of {@link eventContract}. */
export type EventContract = typeof eventContract;
