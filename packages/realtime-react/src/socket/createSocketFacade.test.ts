// @vitest-environment node
import { RoomcastError } from '@roomcast/realtime-contract';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { connected, FakeClient } from '../../test/fakeClient.ts';
import { createSocketFacade } from './createSocketFacade.ts';
import type { SocketFacade } from './socketFacade.ts';

let client: FakeClient;
let socket: SocketFacade<FakeClient['contract']>;
beforeEach(() => {
  client = new FakeClient();
  socket = createSocketFacade(client) as typeof socket;
});

describe('id and connected', () => {
  it('are those of the session while there is one', () => {
    expect([socket.id, socket.connected]).toEqual([undefined, false]);
    client.move(connected);
    expect([socket.id, socket.connected]).toEqual(['session-1', true]);
    client.move({ status: 'closed', reason: 'disconnected', error: null });
    expect([socket.id, socket.connected]).toEqual([undefined, false]);
  });
});

describe('on', () => {
  it('hears events of the contract, with the payload alone as in Socket.IO', () => {
    client.move(connected);
    const listener = vi.fn();
    socket.on('ticket-purchased', listener);
    client.publish('ticket-purchased', '42', { ticketId: 't-1' });
    expect(listener.mock.calls).toEqual([[{ ticketId: 't-1' }]]);
  });

  it('connects nothing, and hears everything once somebody connects', () => {
    const listener = vi.fn();
    socket.on('ticket-purchased', listener);
    expect(client.calls).toEqual([]);
    client.connect();
    client.move(connected);
    client.publish('ticket-purchased', '42');
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('is harmless on a client that is closed for good', async () => {
    await client.close();
    const listener = vi.fn();
    socket.on('ticket-purchased', listener);
    socket.off('ticket-purchased', listener);
    expect(client.listeners).toBe(0);
  });

  it('is harmless on a client that is closed before it was ever connected', async () => {
    socket.on('ticket-purchased', () => {});
    await expect(client.close()).resolves.toBeUndefined();
  });

  it('calls a listener twice that was added twice', () => {
    client.move(connected);
    const listener = vi.fn();
    socket.on('ticket-purchased', listener);
    socket.on('ticket-purchased', listener);
    client.publish('ticket-purchased', '42');
    expect(listener).toHaveBeenCalledTimes(2);
  });
});

describe('once', () => {
  it('hears the first event and no other', () => {
    client.move(connected);
    const listener = vi.fn();
    socket.once('new-message', listener);
    client.publish('new-message', '42', 'first');
    client.publish('new-message', '42', 'second');
    expect(listener.mock.calls).toEqual([['first']]);
    expect(client.listeners).toBe(0);
  });

  it('works for the events of the connection', () => {
    const listener = vi.fn();
    socket.once('connect', listener);
    client.move(connected);
    client.move({ status: 'connecting' });
    client.move(connected);
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('leaves the same listener alone that was added with on', () => {
    client.move(connected);
    const listener = vi.fn();
    socket.on('new-message', listener);
    socket.once('new-message', listener);
    for (const _ of [1, 2, 3]) client.publish('new-message', '42');
    expect(listener).toHaveBeenCalledTimes(4);
  });

  it('is ended by off', () => {
    client.move(connected);
    const listener = vi.fn();
    socket.once('new-message', listener);
    socket.off('new-message', listener);
    client.publish('new-message', '42');
    expect(listener).not.toHaveBeenCalled();
  });
});

describe('off', () => {
  it('ends the listener, of events of the contract and of the connection', () => {
    client.move(connected);
    const listener = vi.fn();
    socket.on('new-message', listener);
    socket.on('disconnect', listener);
    socket.off('new-message', listener);
    socket.off('disconnect', listener);
    client.publish('new-message', '42');
    client.disconnect();
    expect(listener).not.toHaveBeenCalled();
    expect(client.listeners).toBe(0);
  });

  it('ends the listener that still waits for a connection', () => {
    const listener = vi.fn();
    socket.on('new-message', listener);
    socket.off('new-message', listener);
    client.connect();
    client.publish('new-message', '42');
    expect(client.listeners).toBe(0);
  });

  it('ends the listener that was added before there was a connection', () => {
    const listener = vi.fn();
    socket.on('new-message', listener);
    client.connect();
    socket.off('new-message', listener);
    client.publish('new-message', '42');
    expect(listener).not.toHaveBeenCalled();
    expect(client.listeners).toBe(0);
  });

  it('leaves a component its listener when another takes the same function away', () => {
    client.move(connected);
    const shared = vi.fn();
    socket.on('new-message', shared);
    socket.on('new-message', shared);
    socket.off('new-message', shared);
    client.publish('new-message', '42');
    expect(shared).toHaveBeenCalledTimes(1);
  });

  it('is harmless for a listener that nobody knows, and touches no other', () => {
    client.move(connected);
    const listener = vi.fn();
    socket.on('new-message', listener);
    socket.off('new-message', () => {});
    socket.off('event-updated', listener);
    socket.off('connect', listener);
    client.publish('new-message', '42');
    expect(listener).toHaveBeenCalledTimes(1);
  });
});

describe('emit', () => {
  it('calls the action and answers with its output', async () => {
    const input = { eventId: '42', message: 'Hello' };
    await expect(socket.emit('send-message', input)).resolves.toMatchObject({ messageId: 'm-1' });
    expect(client.calls).toEqual([['send-message', input]]);
  });

  it('rejects as the call does', async () => {
    const error = new RoomcastError('NOT_CONNECTED', 'No connection.');
    client.call = () => Promise.reject(error);
    const sent = socket.emit('send-message', { eventId: '42', message: 'Hello' });
    await expect(sent).rejects.toBe(error);
  });
});
