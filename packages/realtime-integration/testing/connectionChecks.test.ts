import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { defineContract } from '@roomcast/realtime-contract';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import {
  startTestServer,
  testEventRoomJoin,
  testWebSocketConnection,
} from '@roomcast/realtime-testing';
import { Server, type Socket } from 'socket.io';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openSockets } from './openSockets.ts';

const contract = eventContract;

// Whatever the outcome, nothing stays open.
afterEach(async () => {
  await vi.waitFor(() => expect(openSockets()).toBe(0));
});

/** A stock Socket.IO server, for what ours would never do. */
async function startStockServer(onConnection: (socket: Socket) => void) {
  const http = createServer();
  const io = new Server(http);
  io.on('connection', onConnection);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  return {
    ...{ url: `http://127.0.0.1:${port}`, contract, tokenFor: async () => 'token' },
    [Symbol.asyncDispose]: () => io.close(),
  };
}

describe('testWebSocketConnection', () => {
  it('connects, disconnects and tells the time it took', async () => {
    await using server = await startTestServer(contract);
    const startedAtMs = performance.now();
    const tookMs = await testWebSocketConnection(server, 'alice');
    expect(tookMs).toBeGreaterThan(0);
    expect(tookMs).toBeLessThanOrEqual(performance.now() - startedAtMs);
    await vi.waitFor(() => expect(server.manager.getConnectionCount()).toBe(0));
  });

  it('connects as a guest', async () => {
    await using server = await startTestServer(contract);
    await expect(testWebSocketConnection(server)).resolves.toBeGreaterThan(0);
  });

  it('rejects with the refusal', async () => {
    const authenticate = () => Promise.reject(new Error('nobody'));
    await using server = await startTestServer(contract, { authenticate });
    await expect(testWebSocketConnection(server, 'eve')).rejects.toMatchObject({
      code: 'AUTHENTICATION_FAILED',
    });
  });

  it('rejects where no server is', async () => {
    const server = await startTestServer(contract);
    await server.close();
    await expect(testWebSocketConnection(server)).rejects.toMatchObject({
      message: expect.stringMatching(
        /^No connection within 2000 ms\. The connection is "reconnecting" \(CONNECTION_FAILED: /,
      ),
      cause: { code: 'CONNECTION_FAILED' },
    });
  });
});

describe('testEventRoomJoin', () => {
  it('resolves with the `room-joined` that the server sent', async () => {
    await using server = await startTestServer(contract);
    await expect(testEventRoomJoin(server, '42')).resolves.toEqual({
      ...{ room: 'event-42', kind: 'event', eventId: '42' },
    });
    await vi.waitFor(() => expect(server.manager.getConnectionCount()).toBe(0));
  });

  it('joins as a user, whom the server may authorise', async () => {
    const guarded = defineContract({
      ...{ version: '1.0', rooms: { event: { template: 'event-{eventId}' } }, events: {} },
    });
    const authorise = vi.fn(() => [true]);
    await using server = await startTestServer(guarded, { authorise });
    await testEventRoomJoin(server, '42', { userId: 'alice' });
    expect(authorise).toHaveBeenCalledWith(
      expect.objectContaining({ user: expect.objectContaining({ id: 'alice' }) }),
      [{ kind: 'event', params: { eventId: '42' } }],
    );
    await expect(testEventRoomJoin(server, '42')).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    authorise.mockReturnValue([false]);
    await expect(testEventRoomJoin(server, '42', { userId: 'eve' })).rejects.toMatchObject({
      ...{ name: 'RoomcastError', code: 'FORBIDDEN' },
    });
  });

  it('rejects with the refusal of the room', async () => {
    await using server = await startTestServer(contract);
    await expect(testEventRoomJoin(server, '')).rejects.toMatchObject({ code: 'INVALID_ROOM' });
  });

  it('rejects with the refusal of the handshake', async () => {
    const authenticate = () => Promise.reject(new Error('nobody'));
    await using server = await startTestServer(contract, { authenticate });
    await expect(testEventRoomJoin(server, '42', { userId: 'eve' })).rejects.toMatchObject({
      code: 'AUTHENTICATION_FAILED',
    });
  });

  it('rejects where no server is', async () => {
    const server = await startTestServer(contract);
    await server.close();
    await expect(testEventRoomJoin(server, '42')).rejects.toMatchObject({
      ...{ name: 'RoomcastError', code: 'CONNECTION_FAILED' },
    });
  });

  it('takes neither an acknowledgement nor the joining of another room for an answer', async () => {
    await using server = await startStockServer((socket) => {
      socket.on('join-event', (_id, acknowledge) => {
        socket.emit('room-joined', { room: 'event-43', kind: 'event', eventId: '43' });
        acknowledge({ ok: true, value: null });
      });
    });
    await expect(testEventRoomJoin(server, '42', { timeoutMs: 50 })).rejects.toMatchObject({
      ...{ code: 'CONNECTION_FAILED', message: 'No "room-joined" within 50 ms.' },
    });
  });

  it('rejects at once where the server ends the connection', async () => {
    await using server = await startStockServer((socket) => void socket.disconnect(true));
    await expect(testEventRoomJoin(server, '42')).rejects.toMatchObject({
      ...{ code: 'CONNECTION_FAILED', message: 'Disconnected: io server disconnect.' },
    });
  });

  it('rejects where the server answers nothing at all', async () => {
    await using server = await startStockServer(() => {});
    await expect(testEventRoomJoin(server, '42', { timeoutMs: 50 })).rejects.toMatchObject({
      code: 'CONNECTION_FAILED',
    });
  });
});
