import { createRealtimeClient } from '@roomcast/realtime-client';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { startTestServer, type TestServer } from '@roomcast/realtime-testing';
import { expect, it, vi } from 'vitest';
import { openClient, purchase } from '../client/openClient.ts';
import { eventually } from '../eventually.ts';

/** What was told of the sessions of a server: `alice began`, `alice event-42`, and how they ended. */
function watchSessions({ manager }: TestServer<typeof eventContract>): readonly string[] {
  const told: string[] = [];
  manager.sessions.watch({
    onBegin: ({ user }) => told.push(`${user?.id ?? 'guest'} began`),
    onJoin: ({ user }, room) => told.push(`${user?.id ?? 'guest'} in ${room}`),
    onEnd: ({ user }, reason) => told.push(`${user?.id ?? 'guest'} ended: ${reason}`),
  });
  return told;
}

it('a watcher hears who comes, which rooms they are let into, and why they go', async () => {
  await using server = await startTestServer(eventContract);
  const told = watchSessions(server);
  await using guest = createRealtimeClient({ contract: eventContract, url: server.url });
  await guest.subscribe('event', { eventId: '42' }).joined();
  await expect(guest.subscribe('global').joined()).rejects.toMatchObject({
    code: 'UNAUTHENTICATED',
  });
  await guest.close();
  await eventually(() =>
    expect(told).toEqual([
      ...['guest began', 'guest in event-42'],
      'guest ended: client namespace disconnect',
    ]),
  );
});

it('a watcher hears with which code the server ended a session, also at its close', async () => {
  const server = await startTestServer(eventContract);
  const told = watchSessions(server);
  const getToken = () => server.tokenFor('alice', { jti: 'phone' });
  await using alice = openClient(server.url, { getToken });
  await alice.client.subscribe('event', { eventId: '42' }).joined();
  server.manager.sessions.revokeToken('phone');
  await eventually(() => expect(told.at(-1)).toBe('alice ended: TOKEN_REVOKED'));
  await using guest = openClient(server.url);
  await guest.client.subscribe('event', { eventId: '42' }).joined();
  await server.close();
  expect(told.at(-1)).toBe('guest ended: forced close');
});

it('a token whose time is ended is replaced on the connection, and nothing is missed', async () => {
  await using server = await startTestServer(eventContract);
  let tokens = 0;
  const getToken = vi.fn(() => {
    tokens += 1;
    return server.tokenFor('alice', { jti: `t-${tokens}` });
  });
  await using alice = openClient(server.url, { getToken });
  await alice.client.subscribe('event', { eventId: '42' }).joined();
  const { state } = alice.client;
  server.manager.sessions.expireToken('t-1');
  const publish = (ticketId: string) =>
    server.manager.broadcastToEvent('42', 'ticket-purchased', purchase(ticketId));
  await publish('t-1');
  await alice.hears('event-42 ticket-purchased t-1');
  await publish('t-2');
  await alice.hears('event-42 ticket-purchased t-2');
  expect(getToken).toHaveBeenCalledTimes(2);
  expect(alice.client.state).toBe(state);
  expect(alice.errors).toEqual([]);
});

it('a token whose time is ended is refused from then on, at the handshake too', async () => {
  await using server = await startTestServer(eventContract);
  const getToken = () => server.tokenFor('alice', { jti: 'phone' });
  server.manager.sessions.expireToken('phone');
  await using alice = openClient(server.url, { getToken, maxAttempts: 0 });
  alice.client.connect();
  await expect(alice.reaches('closed')).resolves.toMatchObject({
    error: { code: 'TOKEN_EXPIRED' },
  });
});
