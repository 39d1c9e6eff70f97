import { describe, expect, it } from 'vitest';
import type { EventPayload } from '../contract/contract.ts';
import { createPublication } from '../contract/createPublication.ts';
import { validate } from '../contract/validate.ts';
import { type EventContract, eventContract } from './eventContract.ts';
import {
  BalanceUpdated,
  EventUpdated,
  Heartbeat,
  MarketUpdate,
  MessageReceipt,
  NewMessage,
  TicketPurchased,
} from './payloads.ts';

const { events, actions } = eventContract;
const timestamp = '2026-05-04T18:30:00.000Z';

function refusal(schema: Parameters<typeof validate>[0], value: unknown): Promise<unknown> {
  return expect(validate(schema, value, 'value')).rejects.toMatchObject({
    code: 'INVALID_PAYLOAD',
  });
}

describe('eventContract', () => {
  it('publishes each event to the room and in the class that users expect', () => {
    const lines = Object.entries(events).map(
      ([name, { room, delivery }]) => `${name}: ${room}, ${delivery}`,
    );
    expect(lines).toMatchInlineSnapshot(`
      [
        "ticket-purchased: event, reliable",
        "ticket-transferred: event, reliable",
        "event-updated: event, reliable",
        "new-message: event, reliable",
        "notification: user, reliable",
        "balance-updated: user, reliable",
        "system-announcement: global, reliable",
        "market-update: global, latest",
        "heartbeat: global, volatile",
      ]
    `);
  });

  it('opens event rooms to everyone, the global room to users, and a user room to its owner', () => {
    const access = Object.entries(eventContract.rooms).map(([kind, room]) => [
      kind,
      'access' in room ? room.access : 'authorised',
    ]);
    expect(access).toEqual([
      ['event', 'public'],
      ['user', 'authorised'],
      ['global', 'authenticated'],
    ]);
  });

  it.each(Object.entries(events))('has an example of %s that survives JSON', async (_, event) => {
    const travelled: unknown = JSON.parse(JSON.stringify(event.example));
    await expect(validate(event.payload, travelled, 'example')).resolves.toEqual(event.example);
  });

  it('keeps one market update for each symbol', () => {
    const update = (symbol: string): EventPayload<EventContract, 'market-update'> => ({
      symbol,
      price: 1,
      change: 0,
      timestamp,
    });
    const key = (symbol: string) =>
      createPublication(eventContract, ['global'], 'market-update', update(symbol)).key;
    expect(key('TICKET')).toBe('TICKET');
    expect(key('__proto__')).toBe('__proto__');
  });

  it('declares what send-message may be refused with', () => {
    expect(actions['send-message'].errors).toEqual(['EVENT_NOT_FOUND']);
    expect(actions['send-message'].guests).toBeUndefined();
  });
});

describe('the schemas of eventContract', () => {
  const purchase = events['ticket-purchased'].example;

  it('accept a purchase without a seat', async () => {
    const { seat: _, ...rest } = purchase;
    await expect(validate(TicketPurchased, rest, 'value')).resolves.toEqual(rest);
  });

  it.each([
    ['a negative price', { price: -1 }],
    ['a price that is no number', { price: Number.NaN }],
    ['an infinite price, which JSON would turn into null', { price: Number.POSITIVE_INFINITY }],
    ['a price that is text', { price: '49.5' }],
    ['an empty buyer', { buyer: '' }],
    ['an id above 200 characters', { ticketId: 'x'.repeat(201) }],
    ['a time that is a number', { timestamp: 1_777_919_400_000 }],
    ['a time that is only a date', { timestamp: '2026-05-04' }],
  ])('refuse %s', async (_, fields) => {
    await refusal(TicketPurchased, { ...purchase, ...fields });
  });

  it.each([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN])(
    'refuse the number %d, which JSON cannot carry',
    async (number) => {
      const balance = events['balance-updated'].example;
      await refusal(BalanceUpdated, { ...balance, balance: number });
      await refusal(MarketUpdate, { symbol: 'A', price: number, change: 0, timestamp });
      await refusal(MarketUpdate, { symbol: 'A', price: 0, change: number, timestamp });
      await refusal(EventUpdated, { eventId: '1', updates: { price: number }, timestamp });
    },
  );

  it('accept a negative balance and a negative change', async () => {
    const balance = { ...events['balance-updated'].example, balance: -0.5 };
    await expect(validate(BalanceUpdated, balance, 'value')).resolves.toEqual(balance);
  });

  it('accept plain values for the fields of an event, and nothing deeper', async () => {
    const updates = { venue: 'Hall', seats: 3, open: true, note: null };
    const value = { eventId: '1', updates, timestamp };
    await expect(validate(EventUpdated, value, 'value')).resolves.toEqual(value);
    await refusal(EventUpdated, { ...value, updates: { venue: { name: 'Hall' } } });
  });

  it('trim a message, and refuse one that is empty then', async () => {
    const message = { eventId: '1', message: '  hello  ' };
    await expect(validate(NewMessage, message, 'value')).resolves.toEqual({
      eventId: '1',
      message: 'hello',
    });
    await refusal(NewMessage, { eventId: '1', message: ' \n ' });
    await refusal(NewMessage, { eventId: '1', message: 'x'.repeat(2_001) });
  });

  it('drop fields that they do not know', async () => {
    await expect(validate(Heartbeat, { timestamp, admin: true }, 'value')).resolves.toEqual({
      timestamp,
    });
    await expect(
      validate(MessageReceipt, { messageId: 'm', timestamp, html: '<b>' }, 'value'),
    ).resolves.toEqual({ messageId: 'm', timestamp });
  });
});
