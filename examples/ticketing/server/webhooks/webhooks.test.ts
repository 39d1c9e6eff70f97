import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { signWebhook } from '@roomcast/realtime-broadcaster/webhooks';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startTicketing, type Ticketing } from '../startTicketing.ts';
import { makeWebhookSecret } from './webhookSecret.ts';

const eventId = 'night-ferry';
const secret = makeWebhookSecret();
const sale = { eventId, ticketId: 'night-ferry-F9', owner: 'farid', price: 38, seat: 'F9' };
let folder: string;
let ticketing: Ticketing;
let database: DatabaseSync;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ticketing-'));
  const file = join(folder, 'shop.sqlite');
  ticketing = await startTicketing({ port: 0, database: file, webhookSecret: secret });
  database = new DatabaseSync(file);
});

afterEach(async () => {
  database.close();
  await ticketing.close();
  rmSync(folder, { recursive: true });
});

let count = 0;

async function deliver(
  type: string,
  data: unknown,
  options: { id?: string; secret?: string } = {},
) {
  count += 1;
  const body = JSON.stringify({ type, data });
  const { id = `msg_${count}` } = options;
  const response = await fetch(`${ticketing.url}/webhooks`, {
    method: 'POST',
    body,
    headers: signWebhook({ secret, id, body, ...options }),
  });
  return { status: response.status, body: await response.json() };
}

/** One value of the database. */
function select(sql: string): unknown {
  return Object.values(database.prepare(sql).get() ?? {})[0];
}

const owner = () => select("SELECT owner_id FROM tickets WHERE id = 'night-ferry-F9'");

describe('a signed delivery', () => {
  it('of a purchase sells the seat and takes its price', async () => {
    const before = Number(select("SELECT balance_cents FROM users WHERE id = 'farid'"));
    expect((await deliver('ticket.purchased', sale)).status).toBe(200);
    expect(owner()).toBe('farid');
    expect(select("SELECT balance_cents FROM users WHERE id = 'farid'")).toBe(before - 38_00);
  });

  it('of a transfer gives the seat to its new owner and tells that one', async () => {
    await deliver('ticket.purchased', sale);
    const { ticketId, seat } = sale;
    const gift = { eventId, ticketId, from: 'farid', to: 'ada', seat };
    expect((await deliver('ticket.transferred', gift)).status).toBe(200);
    expect(owner()).toBe('ada');
    expect(select("SELECT title FROM notifications WHERE user_id = 'ada'")).toBe(
      'Farid Haddad gave you a ticket',
    );
  });

  it.each([
    [
      'event.updated',
      { eventId, updates: { tagline: 'With strings.' } },
      "SELECT tagline FROM events WHERE id = 'night-ferry'",
      'With strings.',
    ],
    [
      'message.created',
      { eventId, userId: 'greta', message: 'See you there!' },
      'SELECT text FROM messages ORDER BY id DESC',
      'See you there!',
    ],
    [
      'user.notification',
      { userId: 'ada', title: 'Doors', message: 'At seven.' },
      "SELECT title FROM notifications WHERE user_id = 'ada'",
      'Doors',
    ],
    [
      'balance.updated',
      { userId: 'ada', newBalance: 512.5, currency: 'EUR' },
      "SELECT balance_cents FROM users WHERE id = 'ada'",
      51_250,
    ],
    [
      'system.announcement',
      { title: 'Pause', message: 'Ten minutes.', severity: 'warning' },
      'SELECT severity FROM announcements',
      'warning',
    ],
    [
      'market.updated',
      { symbol: 'GLASS', price: 52.25, change: 0.5 },
      "SELECT price_cents FROM quotes WHERE symbol = 'GLASS'",
      5_225,
    ],
  ])('of %s is kept', async (type, data, sql, expected) => {
    expect(select(sql)).not.toBe(expected);
    expect(await deliver(type, data)).toEqual({ status: 200, body: { outcome: 'broadcast' } });
    expect(select(sql)).toBe(expected);
  });

  it('that comes twice is carried out once', async () => {
    const comment = { eventId, userId: 'greta', message: 'Once only' };
    await deliver('message.created', comment, { id: 'msg_same' });
    const again = await deliver('message.created', comment, { id: 'msg_same' });
    expect(again).toEqual({ status: 200, body: { outcome: 'duplicate' } });
    expect(select("SELECT count(*) FROM messages WHERE text = 'Once only'")).toBe(1);
  });
});

describe('a delivery that cannot be true', () => {
  it.each([
    ['ticket.purchased', { ...sale, ticketId: 'night-ferry-Z1' }],
    ['ticket.purchased', { ...sale, price: 1 }],
    ['ticket.purchased', { ...sale, eventId: 'small-talk' }],
    ['ticket.purchased', { ...sale, seat: 'A1' }],
    ['ticket.purchased', { ...sale, owner: 'edie' }],
    ['ticket.purchased', { ...sale, owner: 'subscribers' }],
    ['ticket.transferred', { eventId, ticketId: sale.ticketId, from: 'farid', to: 'ada' }],
    ['event.updated', { eventId, updates: { venue: 'The Moon' } }],
    ['event.updated', { eventId, updates: { startsAt: 'soon' } }],
    ['event.updated', { eventId, updates: { price: 3 } }],
    ['event.updated', { eventId, updates: {} }],
    ['message.created', { eventId: 'nowhere', userId: 'greta', message: 'Hello?' }],
    ['balance.updated', { userId: 'ada', newBalance: -1 }],
    ['balance.updated', { userId: 'ada', newBalance: 5, currency: 'USD' }],
    ['market.updated', { symbol: 'MOON', price: 1, change: 1 }],
    ['market.updated', { symbol: 'GLASS', price: 0, change: 1 }],
  ])('is a conflict and changes nothing: %s %o', async (type, data) => {
    const warn = vi.spyOn(console, 'warn');
    const before = dump();
    expect(await deliver(type, data)).toMatchObject({ status: 409, body: { code: 'CONFLICT' } });
    expect(dump()).toEqual(before);
    expect(warn).not.toHaveBeenCalled();
  });

  it('is so for a seat that is sold, whoever has it', async () => {
    await deliver('ticket.purchased', sale);
    const late = await deliver('ticket.purchased', { ...sale, owner: 'greta' });
    expect(late.status).toBe(409);
    expect(owner()).toBe('farid');
  });
});

function dump() {
  const tables = ['users', 'tickets', 'events', 'messages', 'quotes', 'activity', 'deliveries'];
  return tables.map((table) => database.prepare(`SELECT * FROM ${table}`).all());
}

it('changes nothing for a delivery that somebody else has signed', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const stranger = { secret: makeWebhookSecret() };
  expect((await deliver('ticket.purchased', sale, stranger)).status).toBe(401);
  expect(owner()).toBeNull();
  expect(warn).toHaveBeenCalledOnce();
  warn.mockRestore();
});

it('answers a request that is no delivery', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  expect((await fetch(`${ticketing.url}/webhooks`)).status).toBe(405);
  warn.mockRestore();
});
