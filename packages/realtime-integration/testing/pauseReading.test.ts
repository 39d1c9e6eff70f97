import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { defineContract } from '@roomcast/realtime-contract';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { WebSocketManager } from '@roomcast/realtime-server';
import { startTestServer, WebSocketTester } from '@roomcast/realtime-testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { purchase } from '../client/openClient.ts';
import { eventually } from '../eventually.ts';
import { openSockets } from './openSockets.ts';

const receipt = { messageId: 'message-1', timestamp: '2026-05-04T18:30:00.000Z' };

afterEach(async () => {
  await eventually(() => expect(openSockets()).toBe(0));
});

/** Two guests in a room. */
async function startStage() {
  const onMessage = vi.fn(async () => receipt);
  const server = await startTestServer(eventContract, {
    ...{ actions: { 'send-message': onMessage } },
  });
  const [alice, bob] = [new WebSocketTester(server), new WebSocketTester(server)];
  for (const tester of [alice, bob]) {
    await tester.connect('alice');
    await tester.join('event', { eventId: '42' });
  }
  const publish = (ticketId: string) =>
    server.manager.broadcastToEvent('42', 'ticket-purchased', purchase(ticketId));
  return {
    ...{ server, alice, bob, onMessage, publish },
    async [Symbol.asyncDispose]() {
      await alice.disconnect();
      await bob.disconnect();
      await server.close();
    },
  };
}

describe('pauseReading', () => {
  it('keeps everything back until the tester reads on, and then nothing is lost or mixed up', async () => {
    await using stage = await startStage();
    const { alice, bob, publish } = stage;
    const tickets = Array.from({ length: 300 }, (_, index) => `t-${index}`);
    const resume = alice.pauseReading();
    for (const ticket of tickets) await publish(ticket);
    const hear = async (tester: typeof alice, timeoutMs?: number) =>
      (await tester.waitForEvent('ticket-purchased', timeoutMs)).ticketId;
    for (const ticket of tickets) expect(await hear(bob)).toBe(ticket);
    await expect(hear(alice, 1)).rejects.toThrow('Nothing else is waiting to be taken.');
    resume();
    resume();
    for (const ticket of tickets) expect(await hear(alice)).toBe(ticket);
    expect(alice.client.state.status).toBe('connected');
  });

  it('still sends what the client says', async () => {
    await using stage = await startStage();
    const { alice, onMessage } = stage;
    const resume = alice.pauseReading();
    const answer = alice.emit('send-message', { eventId: '42', message: 'Hello' });
    await eventually(() => expect(onMessage).toHaveBeenCalledOnce());
    resume();
    await expect(answer).resolves.toEqual(receipt);
  });

  it('does not read the next connection either', async () => {
    await using stage = await startStage();
    const { alice } = stage;
    const resume = alice.pauseReading();
    await alice.drop();
    await expect(alice.connected(100)).rejects.toThrow('reconnecting');
    resume();
    await alice.connected();
  });

  it('lets a paused tester disconnect', async () => {
    await using stage = await startStage();
    const resume = stage.alice.pauseReading();
    await stage.alice.disconnect();
    resume();
    await eventually(() => expect(stage.server.manager.getConnectionCount()).toBe(1));
  });

  it('needs a connection', async () => {
    await using stage = await startStage();
    await stage.alice.disconnect();
    expect(() => stage.alice.pauseReading()).toThrow(
      expect.objectContaining({ code: 'NOT_CONNECTED' }),
    );
  });
});

describe('the server of a tester that does not read', () => {
  const contract = defineContract({
    version: '1.0',
    rooms: { event: { template: 'event-{eventId}', access: 'public' } },
    events: {
      drawn: { room: 'event', payload: z.string(), delivery: 'volatile', example: 'a line' },
    },
  });

  it('finds that its writes wait, until the tester reads on', async () => {
    const sockets: Socket[] = [];
    const http = createServer().on('connection', (socket) => sockets.push(socket));
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
    const manager = new WebSocketManager({
      contract,
      server: http,
      compressFrames: false,
      env: {},
    });
    const guest = new WebSocketTester({ url, contract, tokenFor: async () => '' });
    await guest.connect();
    await guest.join('event', { eventId: '42' });
    const isWaiting = () => sockets.some((socket) => socket.writableNeedDrain);

    const resume = guest.pauseReading();
    let [published, lastFreeAtMs] = [0, performance.now()];
    // Longer than any timer of TCP explains, unless the end is never reached.
    while (performance.now() - lastFreeAtMs < 300 && published < 3_000) {
      await new Promise((resolve) => setImmediate(resolve));
      if (isWaiting()) continue;
      lastFreeAtMs = performance.now();
      await manager.broadcastToEvent('42', 'drawn', 'x'.repeat(100_000));
      published += 1;
    }
    expect(published).toBeLessThan(3_000);
    resume();
    await eventually(() => expect(isWaiting()).toBe(false));
    await guest.disconnect();
    await manager.close();
    await new Promise((resolve) => http.close(resolve));
  });
});
