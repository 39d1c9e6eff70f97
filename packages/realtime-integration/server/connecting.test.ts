import { createRealtimeClient } from '@roomcast/realtime-client';
import { startTestServer, WebSocketTester } from '@roomcast/realtime-testing';
import { describe, expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import { openRaw } from '../protocol/rawConnection.ts';
import { type ClubContract, clubContract } from './clubContract.ts';
import { connectPlain, refusalOf } from './plainClient.ts';

const contract = clubContract;

describe('a connection', () => {
  it('is counted from the handshake until it is gone', async () => {
    await using server = await startTestServer(contract);
    await using alice = new WebSocketTester(server);
    await alice.connect('alice');
    using _plain = await connectPlain(server.url);
    expect(server.manager.getConnectionCount()).toBe(2);
    expect([...server.manager.getActiveRooms()].sort()).toEqual(['global', 'user-alice']);
    await alice.disconnect();
    await eventually(() => expect(server.manager.getConnectionCount()).toBe(1));
    expect(server.manager.getActiveRooms()).toEqual([]);
  });

  it('may stay a guest’s, who has the public rooms only', async () => {
    await using server = await startTestServer(contract, { authorise: () => [true] });
    await using guest = new WebSocketTester<ClubContract>(server);
    await guest.connect();
    await guest.join('event', { eventId: '1' });
    await expect(guest.join('team', { teamId: '1' })).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    await expect(guest.join('user', { userId: 'alice' })).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    await expect(guest.join('global')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(server.manager.getActiveRooms()).toEqual(['event-1']);
  });

  it('has its own user’s room and nobody else’s', async () => {
    await using server = await startTestServer(contract, { authorise: () => [true] });
    await using alice = new WebSocketTester<ClubContract>(server);
    await alice.connect('alice');
    await alice.join('user', { userId: 'alice' });
    await expect(alice.join('user', { userId: 'bob' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await alice.join('team', { teamId: '1' });
  });
});

describe('a refused CONNECT', () => {
  const refused: [string, () => Promise<unknown>, string][] = [
    ['a bad token', async () => ({ token: 'forged' }), 'AUTHENTICATION_FAILED'],
    ['a token that is no text', async () => ({ token: ['x'] }), 'INVALID_HANDSHAKE'],
  ];

  it.each(refused)('with %s says why, and ends the connection', async (_, auth, code) => {
    await using server = await startTestServer(contract);
    using raw = await openRaw(server.url);
    raw.send(`40${JSON.stringify(await auth())}`);
    const answer = JSON.parse((await raw.next('44')).slice(2));
    expect(answer).toEqual({
      message: expect.any(String),
      data: { code, message: answer.message },
    });
    await raw.closed;
    expect(raw.messages).toHaveLength(2);
    expect(server.manager.getConnectionCount()).toBe(0);
  });

  it('reaches a stock client as connect_error with code and message', async () => {
    await using server = await startTestServer(contract);
    const expired = await server.tokenFor('alice', {}, -10);
    expect((await refusalOf(server.url, { auth: { token: expired } })).data).toEqual({
      code: 'TOKEN_EXPIRED',
      message: expect.stringContaining('past its expiry'),
    });
  });

  it('reaches our client as the end of its attempts, where trying again is no use', async () => {
    await using server = await startTestServer(contract);
    await using client = createRealtimeClient({
      contract: { ...contract, version: '9.0' },
      url: server.url,
    });
    client.connect();
    await eventually(() =>
      expect(client.state).toMatchObject({
        status: 'closed',
        reason: 'refused',
        error: { code: 'CONTRACT_INCOMPATIBLE' },
      }),
    );
  });

  it('tells nothing of what authenticate threw', async () => {
    const authenticate = () => Promise.reject(new Error('password of the database'));
    await using server = await startTestServer(contract, { authenticate });
    const { message, data } = await refusalOf(server.url, { auth: { token: 'x' } });
    expect(JSON.stringify({ message, data })).not.toContain('password');
  });

  it('is for whoever is one too many, and for nobody once there is room again', async () => {
    await using server = await startTestServer(contract, { maxConnections: 2 });
    const first = await connectPlain(server.url);
    using _second = await connectPlain(server.url);
    expect((await refusalOf(server.url)).data?.code).toBe('CONNECTION_LIMIT');
    first.socket.disconnect();
    await eventually(() => expect(server.manager.getConnectionCount()).toBe(1));
    using _third = await connectPlain(server.url);
  });

  it('is for all but as many as there is room for, when they come at once', async () => {
    await using server = await startTestServer(contract, { maxConnections: 5 });
    const attempts = Array.from({ length: 20 }, () => connectPlain(server.url));
    const results = await Promise.allSettled(attempts);
    const admitted = results.filter((result) => result.status === 'fulfilled');
    expect(admitted).toHaveLength(5);
    expect(server.manager.getConnectionCount()).toBe(5);
    for (const { value } of admitted) value.socket.disconnect();
  });
});
