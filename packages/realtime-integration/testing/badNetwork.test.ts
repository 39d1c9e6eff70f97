import { eventContract } from '@roomcast/realtime-contract/event-contract';
import {
  bandwidth,
  chunks,
  type Fault,
  type FaultProxy,
  faultSchedule,
  halfOpen,
  latency,
  startFaultProxy,
  startTestServer,
  type TestServer,
  WebSocketTester,
} from '@roomcast/realtime-testing';
import { afterEach, expect, it } from 'vitest';
import { openClient, purchase } from '../client/openClient.ts';
import { eventually } from '../eventually.ts';
import { openSockets } from './openSockets.ts';

const contract = eventContract;

afterEach(async () => {
  await eventually(() => expect(openSockets()).toBe(0));
});

const urlOf = (proxy: FaultProxy) => `http://127.0.0.1:${proxy.port}`;

const publishTo = (server: TestServer<typeof contract>) => (ticketId: string) =>
  server.manager.broadcastToEvent('42', 'ticket-purchased', purchase(ticketId));

it('a tester hears everything in order through a slow network that cuts messages up', async () => {
  await using server = await startTestServer(contract);
  await using proxy = await startFaultProxy(server.port);
  await using bob = new WebSocketTester({ ...server, url: urlOf(proxy) });
  const slow: Fault[] = [
    ...[latency({ delayMs: 20, jitterMs: 20 }), bandwidth({ bytesPerSecond: 50_000 })],
    chunks({ bytes: 1 }),
  ];
  const recover = proxy.apply(...slow);
  await bob.connect('bob');
  await bob.join('event', { eventId: '42' });
  const tickets = Array.from({ length: 20 }, (_, index) => `t-${index}`);
  await Promise.all(tickets.map(publishTo(server)));
  const heard: string[] = [];
  for (const _ of tickets) heard.push((await bob.waitForEvent('ticket-purchased')).ticketId);
  expect(heard).toEqual(tickets);
  recover();
});

it('a client comes back while the server still believes in its old connection', async () => {
  await using server = await startTestServer(contract);
  await using proxy = await startFaultProxy(server.port);
  await using guest = openClient(urlOf(proxy), { transports: ['websocket'] });
  await guest.client.subscribe('event', { eventId: '42' }).joined();
  const heal = proxy.apply(halfOpen({ side: 'client' }));
  await guest.reaches('reconnecting');
  await guest.reaches('connected');
  await publishTo(server)('t-1');
  await guest.hears('event-42 ticket-purchased t-1');
  heal();
  await eventually(() => expect(server.manager.getConnectionCount()).toBe(1));
  await publishTo(server)('t-2');
  await guest.hears('event-42 ticket-purchased t-2');
});

// Set the variable to a seed that was printed, to see the same faults again.
const seed = Number(process.env.FAULT_SEED ?? Date.now() % 1_000_000);

it(`a client is well again after any faults (seed ${seed})`, async () => {
  await using server = await startTestServer(contract);
  await using proxy = await startFaultProxy(server.port);
  // A session that polls outlives its connections, until the server misses its pong.
  await using guest = openClient(urlOf(proxy), { transports: ['websocket'] });
  const room = guest.client.subscribe('event', { eventId: '42' });
  await room.joined();
  const schedule = faultSchedule({ seed, durationMs: 1_000, count: 20 });
  let published = 0;
  const publish = () => {
    published += 1;
    return publishTo(server)(`${published}`);
  };
  const run = proxy.run(schedule);
  const timer = setInterval(publish, 20);
  await run.finally(() => clearInterval(timer));
  // The network is whole again, but what was half open stays so until somebody speaks.
  proxy.cut();
  const before = published;
  const heard = () =>
    guest.heard.flatMap(
      (line) => / ticket-purchased (\d+)$/.exec(line)?.slice(1).map(Number) ?? [],
    );
  await eventually(async () => {
    await publish();
    expect(heard().at(-1)).toBeGreaterThan(before);
  });
  const numbers = heard();
  expect(numbers, JSON.stringify(schedule)).toEqual(
    [...new Set(numbers)].sort((one, two) => one - two),
  );
  expect(guest.errors).toEqual([]);
  await eventually(() => expect(server.manager.getConnectionCount()).toBe(1));
}, 15_000);
