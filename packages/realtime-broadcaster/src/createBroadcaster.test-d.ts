import { defineContract, type Publisher, type PublishResult } from '@roomcast/realtime-contract';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { z } from 'zod';
import { createBroadcaster } from './createBroadcaster.ts';
import { WebSocketBroadcaster } from './webSocketBroadcaster.ts';

declare const publisher: Publisher;

const contract = defineContract({
  version: '1.0',
  rooms: {
    event: { template: 'event-{eventId}' },
    seat: { template: 'seat-{eventId}/{seatId}' },
    global: { template: 'global' },
  },
  events: {
    'ticket-purchased': {
      room: 'event',
      payload: z.object({ ticketId: z.string(), seat: z.string().optional() }),
      delivery: 'reliable',
      example: { ticketId: 't-1' },
    },
    'seat-held': {
      room: 'seat',
      payload: z.object({ by: z.string() }),
      delivery: 'volatile',
      example: { by: 'alice' },
    },
    'price-changed': {
      room: 'global',
      payload: z.object({ price: z.number() }),
      delivery: 'reliable',
      example: { price: 1 },
    },
  },
});

const broadcaster = createBroadcaster(contract, publisher);
const event = broadcaster.to('event', { eventId: '42' });

// What is right compiles.
event.emit('ticket-purchased', { ticketId: 't-1' }) satisfies Promise<PublishResult>;
event.emit('ticket-purchased', { ticketId: 't-1', seat: 'C12' }, { idempotencyKey: 'order-1' });
broadcaster.to('seat', { eventId: '42', seatId: '7' }).emit('seat-held', { by: 'alice' });
broadcaster.to('global').emit('price-changed', { price: 2 });
broadcaster.to('global', {}).emit('price-changed', { price: 2 });
event.room satisfies string;

// Rooms
// @ts-expect-error a room has to be named
broadcaster.to();
// @ts-expect-error no kind of this contract
broadcaster.to('user', { userId: 'alice' });
// @ts-expect-error the parameters are missing
broadcaster.to('event');
// @ts-expect-error the parameter is missing
broadcaster.to('event', {});
// @ts-expect-error a parameter of another kind
broadcaster.to('event', { userId: 'alice' });
// @ts-expect-error an id that may be undefined
broadcaster.to('event', { eventId: undefined });
// @ts-expect-error an id that is not a string
broadcaster.to('event', { eventId: 42 });
// @ts-expect-error one of two parameters
broadcaster.to('seat', { eventId: '42' });

// Events
// @ts-expect-error no event of this contract
event.emit('ticket-bought', { ticketId: 't-1' });
// @ts-expect-error an event of another kind of room
event.emit('price-changed', { price: 2 });
// @ts-expect-error an event of another kind of room
broadcaster.to('global').emit('ticket-purchased', { ticketId: 't-1' });

// Payloads
// @ts-expect-error the payload is missing
event.emit('ticket-purchased');
// @ts-expect-error a field is missing
event.emit('ticket-purchased', {});
// @ts-expect-error a field of the wrong type
event.emit('ticket-purchased', { ticketId: 1 });
// @ts-expect-error a field that the payload does not have
event.emit('ticket-purchased', { ticketId: 't-1', owner: 'alice' });
// @ts-expect-error no such option
event.emit('ticket-purchased', { ticketId: 't-1' }, { idempotency: 'order-1' });

// A target is immutable
// @ts-expect-error read-only
event.room = 'event-43';

// The ready contract
const ready = createBroadcaster(eventContract, publisher);
ready.to('user', { userId: 'alice' });
// @ts-expect-error an event of another kind of room
ready.to('user', { userId: 'alice' }).emit('market-update', {});

const ticketing = new WebSocketBroadcaster(publisher);
ticketing.broadcastTicketPurchase('42', { ticketId: 't-1', owner: 'alice', price: 1 });
ticketing.broadcastBalanceUpdate('alice', 1) satisfies Promise<PublishResult>;
// @ts-expect-error the buyer is given as `owner`
ticketing.broadcastTicketPurchase('42', { ticketId: 't-1', buyer: 'alice', price: 1 });
// @ts-expect-error the price is a number
ticketing.broadcastTicketPurchase('42', { ticketId: 't-1', owner: 'alice', price: '1' });
// @ts-expect-error the receiver is missing
ticketing.broadcastTicketTransfer('42', { ticketId: 't-1', from: 'alice' });
// @ts-expect-error updates are flat
ticketing.broadcastEventUpdate('42', { venue: { name: 'Harbour Hall' } });
// @ts-expect-error no such type of notification
ticketing.broadcastUserNotification('alice', { title: 't', message: 'm', type: 'urgent' });
// @ts-expect-error the balance is a number
ticketing.broadcastBalanceUpdate('alice', '1');
// @ts-expect-error no such severity
ticketing.broadcastSystemAnnouncement({ title: 't', message: 'm', severity: 'error' });
// @ts-expect-error the price is missing
ticketing.broadcastMarketUpdate({ symbol: 'TICKET', change: 1 });
ticketing.broadcastNewMessage('42', { userId: 'alice', message: 'm' }, { idempotencyKey: 'k' });
// @ts-expect-error the author is missing
ticketing.broadcastNewMessage('42', { message: 'm' });
// @ts-expect-error no such option
ticketing.broadcastMarketUpdate({ symbol: 'TICKET', price: 1, change: 1 }, { idempotency: 'k' });
