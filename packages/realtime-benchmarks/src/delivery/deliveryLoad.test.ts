import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { createWorkload, type WorkloadOptions } from '../peers/workload.ts';
import { createPart } from './deliveryLoad.ts';

const options: WorkloadOptions = { workload: 'purchases', eventId: '42', count: 9 };
const workload = createWorkload(options);

/** A load with three subscribers, of whom the first reads all that it gets; and the other ends. */
async function start() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const members: WebSocket[] = [];
  server.on('connection', (socket) => {
    members.push(socket);
    socket.once('message', () => socket.send('{"joined":1}'));
  });
  const load = createPart();
  onTestFinished(() => {
    load.close();
    server.close();
  });
  await load.prepare({ secret: 'x'.repeat(32), count: 3 });
  const agreed = await load.open({
    ...{ ...options, client: 'hello', counts: 'messages', contract: 'bench' },
    ...{ port: (server.address() as AddressInfo).port, sampleEvery: 3, timeoutMs: 5_000 },
  });
  load.startMeter();
  const [reader, ...others] = members as [WebSocket, ...WebSocket[]];
  /** Publishes what the workload has at an index. */
  const send = (index: number, ...to: readonly WebSocket[]) => {
    const payload = { ...workload.payload(index), sentAtMs: Date.now() - 500, lateMs: 500 };
    for (const member of to) member.send(JSON.stringify({ payload }));
  };
  return { load, agreed, send, members, reader, others };
}

describe('a load of subscribers', () => {
  it('tells what all of them got, and how late it came to those that read', async () => {
    const { load, agreed, send, members } = await start();
    expect(agreed).toBe('text');
    send(0, ...members);
    await load.whenDelivered({ count: 1, timeoutMs: 5_000 });
    load.startMeter();
    for (const index of [1, 2]) send(index, ...members);
    const { p50Ms, dueP99Ms, bytes, ...counts } = await load.whenDelivered({
      count: 3,
      timeoutMs: 5_000,
    });
    expect(counts).toMatchObject({ publications: 6, messages: 6 });
    expect(bytes / 6).toBeGreaterThan(200);
    expect(p50Ms).toBeGreaterThanOrEqual(499);
    expect(dueP99Ms).toBeGreaterThanOrEqual(999);
  });

  it('fails where one has too little when the time is over', async () => {
    const { load, send, members, reader } = await start();
    send(0, ...members);
    send(1, reader);
    const delivered = load.whenDelivered({ count: 2, timeoutMs: 100 });
    await expect(delivered).rejects.toThrow('a subscriber has 1 of 2 events');
  });

  it('fails where one has too much', async () => {
    const { load, send, members, others } = await start();
    send(0, ...members, ...others);
    const delivered = load.whenDelivered({ count: 1, timeoutMs: 5_000 });
    await expect(delivered).rejects.toThrow('A subscriber has 2 of 1 events');
  });

  it('fails where one that reads gets another event than it should', async () => {
    const { load, send, members } = await start();
    send(1, ...members);
    const delivered = load.whenDelivered({ count: 2, timeoutMs: 5_000 });
    await expect(delivered).rejects.toThrow('Expected publication 0 of the workload');
  });

  it('fails where one is cut off', async () => {
    const { load, others } = await start();
    others[0]?.terminate();
    const delivered = load.whenDelivered({ count: 1, timeoutMs: 5_000 });
    await expect(delivered).rejects.toThrow('A subscriber was cut off');
  });
});
