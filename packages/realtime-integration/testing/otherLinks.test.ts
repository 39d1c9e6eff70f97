import { connect, type Socket } from 'node:net';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { startRedis } from '@roomcast/realtime-redis/testing';
import {
  blackHole,
  chunks,
  latency,
  startFaultProxy,
  startTestServer,
  WebSocketTester,
} from '@roomcast/realtime-testing';
import { afterEach, describe, expect, it } from 'vitest';
import { openClient, purchase } from '../client/openClient.ts';
import { eventually } from '../eventually.ts';
import { openSockets } from './openSockets.ts';

const room = ['event', { eventId: '42' }] as const;

afterEach(async () => {
  await eventually(() => expect(openSockets()).toBe(0));
});

describe('a client that polls, behind the proxy', () => {
  const polling = { client: { transports: ['polling'] as const } };

  it('hears everything in order through a slow network', async () => {
    await using server = await startTestServer(eventContract);
    await using proxy = await startFaultProxy(server.port);
    const url = `http://127.0.0.1:${proxy.port}`;
    await using alice = new WebSocketTester({ ...server, url }, polling);
    await alice.connect('alice');
    await alice.join(...room);
    proxy.apply(latency({ delayMs: 10, jitterMs: 10 }), chunks({ bytes: 7 }));
    for (const ticket of ['t-1', 't-2', 't-3']) {
      await server.manager.broadcastToEvent('42', 'ticket-purchased', purchase(ticket));
    }
    const heard: string[] = [];
    while (heard.length < 3) heard.push((await alice.waitForEvent('ticket-purchased')).ticketId);
    expect(heard).toEqual(['t-1', 't-2', 't-3']);
  });

  it('comes back after it was dropped, and has missed nothing', async () => {
    await using server = await startTestServer(eventContract);
    await using alice = new WebSocketTester(server, polling);
    await alice.connect('alice');
    await alice.join(...room);
    const comeBack = await alice.goOffline();
    await server.manager.broadcastToEvent('42', 'ticket-purchased', purchase('t-1'));
    await comeBack();
    await expect(alice.waitForRecovery(...room)).resolves.toMatchObject({ status: 'resumed' });
    expect((await alice.waitForEvent('ticket-purchased')).ticketId).toBe('t-1');
    expect(alice.received('ticket-purchased')).toHaveLength(1);
    await alice.drop();
    await alice.recovered();
  });

  it('hears nothing in a black hole, and everything behind it', async () => {
    await using server = await startTestServer(eventContract);
    await using proxy = await startFaultProxy(server.port);
    await using guest = openClient(`http://127.0.0.1:${proxy.port}`, { transports: ['polling'] });
    await guest.client.subscribe(...room).joined();
    const heal = proxy.apply(blackHole());
    await server.manager.broadcastToEvent('42', 'ticket-purchased', purchase('t-1'));
    await server.manager.broadcastToEvent('42', 'ticket-purchased', purchase('t-2'));
    expect(guest.heard).toEqual(['event-42 fresh']);
    heal();
    await guest.hears('event-42 ticket-purchased t-2');
    expect(guest.heard).toHaveLength(3);
    expect(guest.client.state.status).toBe('connected');
  });

  it('is lost for as long as it is blocked, and comes back then', async () => {
    await using server = await startTestServer(eventContract);
    await using proxy = await startFaultProxy(server.port);
    await using guest = openClient(`http://127.0.0.1:${proxy.port}`, { transports: ['polling'] });
    await guest.client.subscribe(...room).joined();
    proxy.block();
    await guest.reaches('reconnecting');
    proxy.restore();
    await guest.reaches('connected');
    await eventually(() => expect(server.manager.getConnectionCount()).toBe(1));
  });
});

describe('a link to Redis, behind the proxy', () => {
  /** Sends commands, one a line, and hears what comes back. */
  function openLink(port: number) {
    const socket: Socket = connect(port, '127.0.0.1').setEncoding('utf8');
    let heard = '';
    let ending: string | null = null;
    socket.on('data', (text) => {
      heard += text;
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      ending = error.code ?? error.message;
    });
    return {
      send: (command: string) => socket.write(`${command}\r\n`),
      hears: (expected: string) => eventually(() => expect(heard).toBe(expected)),
      heard: () => heard,
      ends: (how: string) => eventually(() => expect(ending).toBe(how)),
      [Symbol.dispose]: () => void socket.destroy(),
    };
  }

  it('passes as it is, byte by byte too', async () => {
    await using redis = await startRedis();
    await using proxy = await startFaultProxy(redis.port);
    using link = openLink(proxy.port);
    proxy.apply(chunks({ bytes: 1 }));
    link.send('SET seat C12');
    link.send('GET seat');
    await link.hears('+OK\r\n$3\r\nC12\r\n');
  });

  it('hangs in a black hole without a word, and goes on afterwards', async () => {
    await using redis = await startRedis();
    await using proxy = await startFaultProxy(redis.port);
    using link = openLink(proxy.port);
    using direct = openLink(redis.port);
    const heal = proxy.apply(blackHole({ direction: 'toServer' }));
    link.send('INCR sold');
    direct.send('GET sold');
    await direct.hears('$-1\r\n');
    expect(link.heard()).toBe('');
    heal();
    await link.hears(':1\r\n');
  });

  it('is lost abruptly, and stays away for as long as it is blocked', async () => {
    await using redis = await startRedis();
    await using proxy = await startFaultProxy(redis.port);
    using link = openLink(proxy.port);
    link.send('PING');
    await link.hears('+PONG\r\n');
    proxy.block();
    await link.ends('ECONNRESET');
    using blocked = openLink(proxy.port);
    await blocked.ends('ECONNRESET');
    proxy.restore();
    using again = openLink(proxy.port);
    again.send('PING');
    await again.hears('+PONG\r\n');
  });
});
