import type { DatabaseSync } from 'node:sqlite';
import type { PublicationInput } from '@roomcast/realtime-contract';
import type { Snapshot, WebSocketManager } from '@roomcast/realtime-server';
import type { Hono } from 'hono';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { EventDetails, EventSummary } from '../../shared/event.ts';
import type { Quote } from '../../shared/quote.ts';
import type { ShopContract } from '../../shared/shopContract.ts';
import type { EventTickets, HouseActivity } from '../../shared/ticket.ts';
import type { Login, User } from '../../shared/user.ts';
import type { Wallet } from '../../shared/wallet.ts';
import { openDatabase } from '../database/openDatabase.ts';
import { createIdentity } from '../identity/createIdentity.ts';
import { getSigningSecret } from '../identity/signingSecret.ts';
import { addAnnouncement } from '../marketplace/announcements.ts';
import { createShop } from '../shop/createShop.ts';
import { createApi } from './createApi.ts';

const eventId = 'night-ferry';
let database: DatabaseSync;
let api: Hono;
const position = { epoch: 'e', offset: 1, revision: 0 };
const publish = vi.fn(async (_input: PublicationInput) => ({ position }));

beforeEach(() => {
  vi.clearAllMocks();
  database = openDatabase(':memory:');
  const identity = createIdentity(database, getSigningSecret(database));
  const onError = (error: unknown) => expect.unreachable(String(error));
  const shop = createShop({ database, publisher: { publish }, onError });
  const snapshot: WebSocketManager<ShopContract>['snapshot'] = async ([kind, params], read) => ({
    ...{ room: `${kind}-${params && 'eventId' in params ? params.eventId : ''}`, position },
    data: await read(),
  });
  api = createApi({ database, identity, shop, live: { snapshot } });
});

function authorization(token: string | undefined): Record<string, string> {
  return token ? { authorization: `Bearer ${token}` } : {};
}

async function get<Body>(path: string, token?: string): Promise<Body> {
  const headers = authorization(token);
  const response = await api.request(path, { headers });
  expect(response.status).toBe(200);
  return (await response.json()) as Body;
}

async function post(path: string, body: unknown, token?: string) {
  const response = await api.request(path, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: {
      'content-type': 'application/json',
      ...authorization(token),
    },
  });
  return { status: response.status, body: await response.json() };
}

async function tokenOf(userId: string): Promise<string> {
  const { body } = await post('/login', { userId });
  return (body as Login).token;
}

async function freeTicket() {
  const { data } = await get<Snapshot<EventTickets>>(`/events/${eventId}/tickets`);
  return data.tickets.find((ticket) => !ticket.owner)!;
}

/** The events that were published, in their order. */
function told(): string[] {
  return publish.mock.calls.map(([{ event }]) => event);
}

function refusal(code: string) {
  return { error: { code, message: expect.any(String) } };
}

describe('what everybody may read', () => {
  it('is the users, without what they own', async () => {
    const users = await get<User[]>('/users');
    expect(users).toHaveLength(5);
    for (const user of users) expect(Object.keys(user)).toEqual(['id', 'name']);
  });

  it('is the programme, one event, its tickets and its comments', async () => {
    const events = await get<EventSummary[]>('/events');
    expect(events).toHaveLength(6);
    const event = await get<EventDetails>(`/events/${eventId}`);
    expect(event).toMatchObject({ ...events[0], description: expect.any(String) });
    expect(
      (await get<Snapshot<EventTickets>>(`/events/${eventId}/tickets`)).data.tickets,
    ).toHaveLength(60);
    expect(await get(`/events/${eventId}/messages`)).toHaveLength(2);
  });

  it('is what was announced and what tickets are resold for', async () => {
    addAnnouncement(database, { title: 'Pause', message: 'Ten minutes.', severity: 'warning' });
    expect(await get('/announcements')).toMatchObject([{ title: 'Pause', severity: 'warning' }]);
    const quotes = await get<Quote[]>('/market');
    expect(quotes).toHaveLength(6);
    expect(quotes[0]).toMatchObject({ symbol: 'FERRY', event: { id: eventId }, change: 0 });
  });

  it('is the seats, with the place in the stream of their room from which they go on', async () => {
    const snapshot = await get<Snapshot<EventTickets>>(`/events/${eventId}/tickets`);
    expect(snapshot).toMatchObject({ room: `event-${eventId}`, position });
    const { tickets, people } = snapshot.data;
    expect(tickets).toHaveLength(60);
    const strangers = tickets.filter(
      ({ owner, changedAt }) => changedAt && !people.some(({ id }) => id === owner?.id),
    );
    expect(strangers).toEqual([]);
  });

  it('is who bought what last, in any event', async () => {
    const { id, seat } = await freeTicket();
    await post(`/tickets/${id}/purchase`, {}, await tokenOf('ada'));
    const activity = await get<HouseActivity[]>('/activity');
    expect(activity[0]).toMatchObject({ kind: 'purchase', seat, event: { id: eventId } });
    expect(new Set(activity.map(({ event }) => event.id)).size).toBeGreaterThan(1);
  });

  it.each(['', '/tickets', '/messages'])('is 404 for an unknown event%s', async (rest) => {
    const response = await api.request(`/events/nowhere${rest}`);
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual(refusal('EVENT_NOT_FOUND'));
  });

  it('may not be cached on the way', async () => {
    expect((await api.request('/events')).headers.get('cache-control')).toBe('no-store');
  });
});

describe('logging in', () => {
  it('answers a token that opens the wallet of that user and no other', async () => {
    const { status, body } = await post('/login', { userId: 'ada' });
    expect(status).toBe(200);
    expect(body).toEqual({
      user: { id: 'ada', name: 'Ada Okafor' },
      token: expect.any(String),
    });
    expect((await get<Wallet>('/me/tickets', (body as Login).token)).balance).toBe(500);
    expect((await get<Wallet>('/me/tickets', await tokenOf('edie'))).balance).toBe(24);
  });

  it.each([
    [404, 'USER_NOT_FOUND', { userId: 'nobody' }],
    [404, 'USER_NOT_FOUND', { userId: 'subscribers' }],
    [404, 'USER_NOT_FOUND', { userId: 'farid' }],
    [400, 'INVALID_BODY', { userId: 7 }],
    [400, 'INVALID_BODY', '{"userId":'],
    [400, 'INVALID_BODY', ''],
    [413, 'BODY_TOO_LARGE', { userId: 'a'.repeat(20_000) }],
  ])('answers %i %s', async (status, code, body) => {
    expect(await post('/login', body)).toEqual({ status, body: refusal(code) });
  });
});

describe('what is only for users', () => {
  it.each([undefined, 'rubbish', 'e30.e30.e30'])('is 401 with the token %s', async (token) => {
    const { id } = await freeTicket();
    const refused = { status: 401, body: refusal('UNAUTHENTICATED') };
    expect(await post(`/tickets/${id}/purchase`, {}, token)).toEqual(refused);
    expect(await post(`/tickets/${id}/transfer`, { to: 'ben' }, token)).toEqual(refused);
    const headers = authorization(token);
    expect((await api.request('/me/tickets', { headers })).status).toBe(401);
    expect((await freeTicket()).id).toBe(id);
  });
});

describe('buying', () => {
  it('answers the purchase and announces it after the sale is kept', async () => {
    const ticket = await freeTicket();
    let ownerAtAnnouncement: unknown;
    publish.mockImplementationOnce(async () => {
      const sql = 'SELECT owner_id FROM tickets WHERE id = ?';
      expect(database.isTransaction).toBe(false);
      ownerAtAnnouncement = database.prepare(sql).get(ticket.id)?.owner_id;
      return { position };
    });
    const { status, body } = await post(`/tickets/${ticket.id}/purchase`, {}, await tokenOf('ada'));
    expect(status).toBe(200);
    expect(body).toMatchObject({ ticketId: ticket.id, balance: 500 - ticket.price });
    expect(told()).toEqual(['ticket-purchased', 'balance-updated', 'notification']);
    expect(ownerAtAnnouncement).toBe('ada');
  });

  it('gives a ticket that many want at once to one of them', async () => {
    const { id } = await freeTicket();
    const tokens = await Promise.all(['ada', 'ben', 'carla'].map(tokenOf));
    const answers = await Promise.all(
      tokens.map((token) => post(`/tickets/${id}/purchase`, {}, token)),
    );
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 409, 409]);
    expect(told().filter((event) => event === 'ticket-purchased')).toHaveLength(1);
  });

  it('announces nothing when it is refused', async () => {
    const { id } = await freeTicket();
    const answer = await post(`/tickets/${id}/purchase`, {}, await tokenOf('edie'));
    expect(answer).toEqual({ status: 409, body: refusal('INSUFFICIENT_BALANCE') });
    expect(told()).toEqual([]);
  });
});

describe('transferring', () => {
  it('moves the ticket and announces it', async () => {
    const { id } = await freeTicket();
    const token = await tokenOf('ada');
    await post(`/tickets/${id}/purchase`, {}, token);
    publish.mockClear();
    const { status, body } = await post(`/tickets/${id}/transfer`, { to: 'edie' }, token);
    expect(status).toBe(200);
    expect(body).toMatchObject({ ticketId: id, from: { id: 'ada' }, to: { id: 'edie' } });
    expect(told()).toEqual(['ticket-transferred', 'notification']);
    const wallet = await get<Wallet>('/me/tickets', await tokenOf('edie'));
    expect(wallet.tickets.map((ticket) => ticket.id)).toEqual([id]);
  });

  it.each([
    [403, 'NOT_TICKET_OWNER', 'ben', { to: 'edie' }],
    [422, 'TRANSFER_TO_SELF', 'ada', { to: 'ada' }],
    [404, 'USER_NOT_FOUND', 'ada', { to: 'nobody' }],
    [400, 'INVALID_BODY', 'ada', {}],
  ])('answers %i %s', async (status, code, giver, body) => {
    const { id } = await freeTicket();
    await post(`/tickets/${id}/purchase`, {}, await tokenOf('ada'));
    publish.mockClear();
    const answer = await post(`/tickets/${id}/transfer`, body, await tokenOf(giver));
    expect(answer).toEqual({ status, body: refusal(code) });
    expect(told()).toEqual([]);
  });
});

describe('what goes wrong', () => {
  it('is 404 for a path that the API does not have', async () => {
    expect(await post('/events', {})).toEqual({ status: 404, body: refusal('NOT_FOUND') });
  });

  it('is logged and not described to the client', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    database.exec('DROP TABLE activity');
    const response = await api.request(`/events/${eventId}/tickets`);
    expect(response.status).toBe(500);
    const body = await response.text();
    expect(JSON.parse(body)).toEqual(refusal('INTERNAL'));
    expect(body).not.toContain('activity');
    expect(log).toHaveBeenCalledWith(expect.any(String), expect.any(Error));
    log.mockRestore();
  });
});
