import { RoomcastError } from '@roomcast/realtime-contract';
import { type EventContract, eventContract } from '@roomcast/realtime-contract/event-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRealtimeClient } from './createRealtimeClient.ts';
import { createFakeClient } from './fakes/createFakeClient.ts';
import { opened } from './fakes/openTransport.ts';
import { publicationOf } from './fakes/publicationOf.ts';
import type { RealtimeClient } from './realtimeClient.ts';

vi.mock('./socket-io/openTransport.ts', () => import('./fakes/openTransport.ts'));

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  opened.length = 0;
});

afterEach(() => {
  vi.useRealTimers();
});

const message = { eventId: '42', message: 'See you there!' };
const receipt = { messageId: 'm-1', timestamp: '2026-05-04T18:30:00.000Z' };
const settled = () => vi.advanceTimersByTimeAsync(0);
const position = { epoch: 'e1', offset: 0, revision: 0 };
const joined = [{ room: 'event-42', status: 'fresh', position } as const];

describe('createRealtimeClient', () => {
  it.each<[string, (client: RealtimeClient<EventContract>) => unknown]>([
    ['a room', (client) => client.subscribe('event', { eventId: '42' })],
    ['an event', (client) => client.on('heartbeat', () => {})],
  ])('connects when %s is first asked for, and not before', async (_, use) => {
    const getToken = vi.fn(() => null);
    const client = createRealtimeClient({ contract: eventContract, getToken });
    client.watchState(() => {});
    client.onRecovery(() => {});
    await vi.advanceTimersByTimeAsync(60_000);
    expect(client.state).toEqual({ status: 'idle' });
    expect(getToken).not.toHaveBeenCalled();
    use(client);
    expect(client.state).toEqual({ status: 'connecting' });
    await settled();
    expect(opened).toHaveLength(1);
    await client.close();
  });

  it('is connected with the welcome, as the user whom the server names', async () => {
    const { client, connect } = createFakeClient();
    await connect([], 'alice');
    expect(client.state).toEqual({
      ...{ status: 'connected', sessionId: 'session-1', userId: 'alice' },
    });
    expect(client.contract).toBe(eventContract);
  });

  it('hands on all publications of a frame in one turn, whatever a handler throws', async () => {
    const { client, connect, onError } = createFakeClient();
    const turns: string[] = [];
    client.on('ticket-purchased', (counter) => {
      turns.push(`first ${counter}`);
      queueMicrotask(() => turns.push('another turn'));
      throw new Error('No room for it.');
    });
    client.on('ticket-purchased', (counter) => void turns.push(`second ${counter}`));
    const room = client.subscribe('event', { eventId: '42' });
    room.onPublication(({ counter }) => void turns.push(`room ${counter}`));
    const transport = await connect(joined);
    const counters = Array.from({ length: 50 }, (_, index) => index + 1);
    const [first, ...rest] = counters.map((counter) => publicationOf('event-42', counter));
    if (!first) throw new Error('There is nothing to publish.');
    transport.publish(first, ...rest);
    const inOneTurn = counters.flatMap((counter) => [
      ...[`first ${counter}`, `second ${counter}`, `room ${counter}`],
    ]);
    expect(turns).toEqual(inOneTurn);
    expect(onError).toHaveBeenCalledTimes(50);
    await settled();
    expect(turns).toHaveLength(inOneTurn.length + 50);
  });

  it('keeps what frames refer to of the rooms that were joined since, and of none refused', async () => {
    const { client, connect } = createFakeClient();
    const transport = await connect();
    client.subscribe('event', { eventId: '42' });
    client.subscribe('event', { eventId: '43' });
    await settled();
    expect(transport.expected).toEqual([]);
    const error = { code: 'FORBIDDEN', message: 'Not for you.' };
    transport
      .lastRequest()
      .accept([
        ...joined,
        { room: 'event-43', status: 'refused', error },
        { room: 'nobody-asked', status: 'fresh', position },
      ]);
    expect(transport.expected).toEqual(['event-42', 'event-43']);
    expect(transport.forgotten).toEqual(['event-43']);
  });

  it('does not connect again by itself after a disconnect', async () => {
    const { client, connect } = createFakeClient();
    await connect();
    client.disconnect();
    client.subscribe('event', { eventId: '42' });
    client.on('heartbeat', () => {});
    await vi.advanceTimersByTimeAsync(60_000);
    expect(client.state).toMatchObject({ status: 'closed', reason: 'disconnected' });
  });

  it('connects when it is told to, with `autoConnect: false`', async () => {
    const getToken = vi.fn(() => 'token');
    const { client, connect } = createFakeClient({ autoConnect: false, getToken });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(client.state).toEqual({ status: 'idle' });
    expect(getToken).not.toHaveBeenCalled();
    client.connect();
    await connect();
    expect(client.state.status).toBe('connected');
  });

  it('asks for a token before every connection', async () => {
    const tokens = ['first', 'second', null];
    const { client, connect } = createFakeClient({ getToken: () => tokens.shift() ?? null });
    await connect();
    client.disconnect();
    client.connect();
    await connect();
    client.disconnect();
    client.connect();
    await connect();
    expect(opened.map(({ token }) => token)).toEqual(['first', 'second', null]);
  });

  it('has one connection for any number of rooms, handlers and calls', async () => {
    const { client, connect } = createFakeClient();
    const transport = await connect();
    for (const eventId of ['42', '43', '44']) client.subscribe('event', { eventId });
    void client.call('send-message', message).catch(() => {});
    client.connect();
    await settled();
    expect(opened).toEqual([transport]);
  });

  it('names the option that is wrong', () => {
    expect(() => createRealtimeClient({ contract: eventContract, maxAttempts: -1 })).toThrow(
      expect.objectContaining({ code: 'INVALID_CONFIG' }),
    );
    expect(opened).toEqual([]);
  });

  it('tells watchers of the connection until they stop', async () => {
    const { client, connect } = createFakeClient();
    const states: string[] = [];
    const stop = client.watchState(({ status }) => states.push(status));
    await connect();
    stop();
    stop();
    client.disconnect();
    expect(states).toEqual(['connected']);
  });

  it('reports what handlers and watchers throw, and goes on', async () => {
    const { client, connect, onError, heard } = createFakeClient();
    const failure = new Error('broken');
    const broken = () => {
      throw failure;
    };
    client.watchState(broken);
    client.onRecovery(broken);
    client.on('ticket-purchased', broken);
    client.subscribe('event', { eventId: '42' }).watchState(broken);
    const transport = await connect(joined);
    transport.publish(publicationOf('event-42', 1));
    expect(heard).toEqual(['42: fresh', '42: reliable 1']);
    expect(onError.mock.calls.map(([, source]) => source)).toEqual([
      ...['watchState', 'onRecovery', 'watchState', 'handler of "ticket-purchased"'],
    ]);
  });
});

describe('the handshake', () => {
  it('names the session of before, so that the server ends what is left of it', async () => {
    const { client, connect, transport } = createFakeClient();
    const first = await connect([], 'alice', { session: 's-1' });
    expect(first.handshake).not.toHaveProperty('session');
    transport().fail(new RoomcastError('CONNECTION_LOST', 'The connection ended.'));
    await vi.advanceTimersByTimeAsync(100);
    const second = await connect([], 'alice', { session: 's-2' });
    expect(second.handshake).toMatchObject({ session: 's-1' });
    client.disconnect();
    client.connect();
    const third = await connect([], 'alice');
    expect(third.handshake).toMatchObject({ session: 's-2' });
  });

  it('says how much the client wants replayed, where it was told', async () => {
    const { connect } = createFakeClient({ maxReplay: 0 });
    expect((await connect()).handshake).toMatchObject({ maxReplay: 0 });
    const { connect: connectOther } = createFakeClient();
    expect((await connectOther()).handshake).not.toHaveProperty('maxReplay');
  });
});

describe('call', () => {
  it('sends the action and resolves with its output', async () => {
    const { client, connect } = createFakeClient();
    const transport = await connect();
    const answer = client.call('send-message', message);
    const meta = { idempotencyKey: expect.stringMatching(/^[0-9-]{7,43}$/) };
    expect(transport.lastRequest()).toMatchObject({ name: 'send-message', args: [message, meta] });
    transport.lastRequest().accept(receipt);
    await expect(answer).resolves.toEqual(receipt);
  });

  it('gives every call a key of its own, unless the caller does', async () => {
    const { client, connect } = createFakeClient();
    const transport = await connect();
    const keyOf = (options = {}) => {
      void client.call('send-message', message, options).catch(() => {});
      return (transport.lastRequest().args[1] as { idempotencyKey: string }).idempotencyKey;
    };
    const keys = [keyOf(), keyOf(), keyOf()];
    expect(new Set(keys).size).toBe(3);
    expect(keyOf({ idempotencyKey: 'order-7' })).toBe('order-7');
    await client.close();
  });

  it('connects a client that is idle, and is refused all the same', async () => {
    const client = createRealtimeClient({ contract: eventContract });
    const early = client.call('send-message', message);
    await expect(early).rejects.toMatchObject({ code: 'NOT_CONNECTED' });
    expect(client.state.status).toBe('connecting');
    await client.close();
  });

  it('cannot be queued without an outbox', async () => {
    const { client, connect } = createFakeClient();
    await connect();
    const queued = client.call('send-message', message, { offline: 'queue' });
    await expect(queued).rejects.toMatchObject({ code: 'INVALID_CONFIG' });
  });

  it('rejects before the welcome and after the disconnect', async () => {
    const { client, connect } = createFakeClient();
    const early = client.call('send-message', message);
    await expect(early).rejects.toMatchObject({ code: 'NOT_CONNECTED' });
    await connect();
    client.disconnect();
    const late = client.call('send-message', message);
    await expect(late).rejects.toMatchObject({ code: 'NOT_CONNECTED' });
  });

  it('rejects when the connection ends before the answer', async () => {
    const { client, connect } = createFakeClient();
    await connect();
    const answer = client.call('send-message', message);
    client.disconnect();
    await expect(answer).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
  });

  it('passes on its time and its signal', async () => {
    const { client, connect } = createFakeClient();
    await connect();
    const timed = client.call('send-message', message, { timeoutMs: 5 });
    const failed = expect(timed).rejects.toMatchObject({ code: 'ACTION_TIMEOUT' });
    await vi.advanceTimersByTimeAsync(5);
    await failed;
    const signal = AbortSignal.abort(new Error('gone'));
    await expect(client.call('send-message', message, { signal })).rejects.toThrow('gone');
  });
});

describe('close', () => {
  it('ends everything for good', async () => {
    const { client, connect, heard } = createFakeClient();
    const room = client.subscribe('event', { eventId: '42' });
    const transport = await connect(joined);
    const answer = client.call('send-message', message);
    const failed = expect(answer).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
    await client.close();
    await client.close();
    await failed;
    expect(client.state).toEqual({ status: 'closed', reason: 'closed', error: null });
    expect(transport.isClosed).toBe(true);
    transport.publish(publicationOf('event-42', 1));
    expect(heard).toEqual(['42: fresh']);
    room.release();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends a room that was about to be left', async () => {
    const { client, connect } = createFakeClient();
    const room = client.subscribe('event', { eventId: '42' });
    await connect(joined);
    room.release();
    await client.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('makes every later use a typed error', async () => {
    const { client } = createFakeClient();
    await client.close();
    const closed = new RoomcastError('CLOSED', 'The client is closed.');
    expect(() => client.connect()).toThrow(closed);
    expect(() => client.subscribe('event', { eventId: '42' })).toThrow(closed);
    expect(() => client.on('heartbeat', () => {})).toThrow(closed);
    await expect(client.call('send-message', message)).rejects.toThrow(closed);
    expect(() => client.disconnect()).not.toThrow();
  });

  it('happens at the end of `await using`', async () => {
    const { client } = createFakeClient();
    {
      await using scoped = client;
      expect(scoped.state.status).toBe('connecting');
    }
    expect(client.state.status).toBe('closed');
  });
});
