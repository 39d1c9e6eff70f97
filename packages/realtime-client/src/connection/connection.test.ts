import { RoomcastError } from '@roomcast/realtime-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeConnection, fakeTimeoutMs } from '../fakes/createFakeConnection.ts';

const lost = new RoomcastError('CONNECTION_LOST', 'The connection ended.');

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});

afterEach(() => {
  vi.useRealTimers();
});

/** Lets promises settle, without letting time pass. */
const settled = () => vi.advanceTimersByTimeAsync(0);

/** A connection that is up. */
async function connected(options?: Parameters<typeof createFakeConnection>[0]) {
  const fake = createFakeConnection(options);
  fake.connection.open();
  await settled();
  fake.transport().welcome();
  return fake;
}

describe('a connection that was not opened', () => {
  it('is idle: it asks for no token and has no transport', async () => {
    const { connection, getToken, transports, states } = createFakeConnection();
    await settled();
    expect(connection.state).toEqual({ status: 'idle' });
    expect(connection.transport).toBeNull();
    expect(getToken).not.toHaveBeenCalled();
    expect(transports).toEqual([]);
    expect(states).toEqual([]);
  });

  it('can be closed', () => {
    const { connection, states, listener } = createFakeConnection();
    connection.close('disconnected');
    expect(states).toEqual([{ status: 'closed', reason: 'disconnected', error: null }]);
    expect(listener.onDown).not.toHaveBeenCalled();
  });
});

describe('opening', () => {
  it('asks for the token, opens a transport with it and is connected with the welcome', async () => {
    const { connection, states, listener, ...fake } = createFakeConnection();
    connection.open();
    expect(connection.state).toEqual({ status: 'connecting' });
    await settled();
    expect(fake.transport().token).toBe('token');
    expect(connection.state).toEqual({ status: 'connecting' });
    expect(connection.transport).toBeNull();

    fake.transport().welcome([], { session: 's-1', user: 'alice' });
    expect(connection.transport).toBe(fake.transport());
    expect(listener.onWelcome).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ session: 's-1' }),
    );
    expect(states).toEqual([
      { status: 'connecting' },
      { status: 'connected', sessionId: 's-1', userId: 'alice' },
    ]);
  });

  it('opens without a token as a guest', async () => {
    const { connection, ...fake } = createFakeConnection({ getToken: async () => null });
    connection.open();
    await settled();
    fake.transport().welcome();
    expect(fake.transport().token).toBeNull();
    expect(connection.state).toMatchObject({ status: 'connected', userId: null });
  });

  it('tells the parts of the welcome before it tells anybody that it is connected', async () => {
    const fake = createFakeConnection();
    const told: string[] = [];
    fake.listener.onWelcome.mockImplementation(() => told.push(fake.connection.state.status));
    fake.watchers.add((state) => told.push(`told ${state.status}`));
    fake.connection.open();
    await settled();
    fake.transport().welcome();
    expect(told).toEqual(['told connecting', 'connected', 'told connected']);
  });

  it('does nothing while it is under way or done', async () => {
    const { connection, getToken, transports, ...fake } = createFakeConnection();
    connection.open();
    connection.open();
    await settled();
    connection.open();
    fake.transport().welcome();
    connection.open();
    await settled();
    expect(getToken).toHaveBeenCalledOnce();
    expect(transports).toHaveLength(1);
  });

  it('keeps one state object until the state changes', async () => {
    const { connection, ...fake } = createFakeConnection();
    connection.open();
    const { state } = connection;
    await settled();
    expect(connection.state).toBe(state);
    fake.transport().welcome();
    expect(connection.state).toBe(connection.state);
  });

  it('hands on frames after the welcome, and none before it', async () => {
    const { connection, listener, ...fake } = createFakeConnection();
    const frame = { type: 'publications', room: 'r', epoch: 'e', publications: [] } as const;
    connection.open();
    await settled();
    fake.transport().receive(frame);
    expect(listener.onFrame).not.toHaveBeenCalled();
    fake.transport().welcome();
    fake.transport().receive(frame);
    expect(listener.onFrame.mock.calls).toEqual([[frame]]);
  });

  it('takes one welcome of a transport and no second', async () => {
    const { connection, listener, ...fake } = await connected();
    fake.transport().welcome([], { session: 'another' });
    expect(listener.onWelcome).toHaveBeenCalledOnce();
    expect(listener.onFrame).not.toHaveBeenCalled();
    expect(connection.state).toMatchObject({ sessionId: 'session-1' });
  });
});

describe('an attempt', () => {
  it('fails when the transport has no welcome in time, though it is open', async () => {
    const { connection, ...fake } = createFakeConnection();
    connection.open();
    await vi.advanceTimersByTimeAsync(fakeTimeoutMs - 1);
    expect(connection.state.status).toBe('connecting');
    await vi.advanceTimersByTimeAsync(1);
    expect(fake.transport().isClosed).toBe(true);
    expect(connection.state).toMatchObject({
      status: 'reconnecting',
      attempt: 1,
      error: { code: 'CONNECTION_FAILED', message: 'No welcome within 5000 ms.' },
    });
  });

  it('has one time for the token and the transport together', async () => {
    const { connection, ...fake } = createFakeConnection({
      getToken: () => new Promise((resolve) => setTimeout(() => resolve('late'), 3_000)),
    });
    connection.open();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(fake.transport().token).toBe('late');
    await vi.advanceTimersByTimeAsync(fakeTimeoutMs - 3_000);
    expect(connection.state).toMatchObject({ status: 'reconnecting' });
  });

  it('fails when `getToken` never answers, and ignores an answer that comes then', async () => {
    let answer = (_token: string) => {};
    const getToken = vi.fn(() => new Promise<string>((resolve) => (answer = resolve)));
    const { connection, transports } = createFakeConnection({ getToken });
    connection.open();
    await vi.advanceTimersByTimeAsync(fakeTimeoutMs);
    expect(connection.state).toMatchObject({
      status: 'reconnecting',
      error: {
        code: 'TOKEN_UNAVAILABLE',
        message: '`getToken` did not answer within 5000 ms.',
      },
    });
    answer('late');
    await settled();
    expect(transports).toEqual([]);
  });

  it('fails when `getToken` rejects, with the cause', async () => {
    const cause = new Error('logged out');
    const { connection, transports } = createFakeConnection({
      getToken: () => Promise.reject(cause),
    });
    connection.open();
    await settled();
    expect(connection.state).toMatchObject({
      status: 'reconnecting',
      error: { code: 'TOKEN_UNAVAILABLE', cause },
    });
    expect(transports).toEqual([]);
  });

  it('fails when the transport cannot even be opened', async () => {
    const cause = new Error('no such thing');
    const { connection } = createFakeConnection({
      openTransport: () => {
        throw cause;
      },
    });
    connection.open();
    await settled();
    expect(connection.state).toMatchObject({
      status: 'reconnecting',
      error: { code: 'CONNECTION_FAILED', message: 'no such thing', cause },
    });
  });

  it('gives an error of a transport our type and keeps it as the cause', async () => {
    const cause = new TypeError('broken pipe');
    const { connection, ...fake } = createFakeConnection();
    connection.open();
    await settled();
    fake.transport().fail(cause);
    expect(connection.state).toMatchObject({
      error: { name: 'RoomcastError', code: 'CONNECTION_FAILED', cause },
    });
  });

  it('leaves no timer behind once it is connected', async () => {
    await connected();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('closing', () => {
  it('ends the transport, tells the parts and then everybody', async () => {
    const { connection, states, listener, ...fake } = await connected();
    listener.onDown.mockImplementation(() => expect(fake.transport().isClosed).toBe(true));
    connection.close('disconnected');
    expect(listener.onDown).toHaveBeenCalledOnce();
    expect(connection.transport).toBeNull();
    expect(states.at(-1)).toEqual({ status: 'closed', reason: 'disconnected', error: null });
  });

  it('while the token is awaited opens no transport any more', async () => {
    const { connection, transports } = createFakeConnection();
    connection.open();
    connection.close('disconnected');
    await settled();
    expect(transports).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('while the token is awaited forgets what `getToken` throws', async () => {
    const { connection } = createFakeConnection({ getToken: () => Promise.reject(new Error()) });
    connection.open();
    connection.close('disconnected');
    await settled();
    expect(connection.state.status).toBe('closed');
  });

  it('while the welcome is awaited ends the transport', async () => {
    const { connection, listener, ...fake } = createFakeConnection();
    connection.open();
    await settled();
    connection.close('disconnected');
    expect(fake.transport().isClosed).toBe(true);
    // It never was up.
    expect(listener.onDown).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('while it waits for the next attempt ends the waiting', async () => {
    const { connection, transports, ...fake } = await connected();
    fake.transport().fail(lost);
    expect(connection.state.status).toBe('reconnecting');
    connection.close('disconnected');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(connection.state).toMatchObject({ status: 'closed', reason: 'disconnected' });
    expect(transports).toHaveLength(1);
  });

  it('twice is harmless, and the first reason stays', async () => {
    const { connection, states } = await connected();
    connection.close('disconnected');
    connection.close('closed');
    expect(states.at(-1)).toMatchObject({ reason: 'disconnected' });
    expect(states.filter(({ status }) => status === 'closed')).toHaveLength(1);
  });

  it('can be followed by a new beginning', async () => {
    const { connection, states, getToken, ...fake } = await connected();
    connection.close('disconnected');
    connection.open();
    expect(connection.state).toEqual({ status: 'connecting' });
    await settled();
    fake.transport().welcome();
    expect(getToken).toHaveBeenCalledTimes(2);
    expect(states.map(({ status }) => status)).toEqual([
      ...['connecting', 'connected', 'closed', 'connecting', 'connected'],
    ]);
  });
});

describe('an old transport', () => {
  it('is not listened to after the connection was closed', async () => {
    const { connection, listener, states, ...fake } = await connected();
    connection.close('disconnected');
    const told = states.length;
    fake.transport().welcome();
    fake.transport().receive({ type: 'publications', room: 'r', epoch: 'e', publications: [] });
    fake.transport().fail(lost);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(listener.onWelcome).toHaveBeenCalledOnce();
    expect(listener.onFrame).not.toHaveBeenCalled();
    expect(states).toHaveLength(told);
  });

  it('cannot disturb the next one', async () => {
    const { connection, listener, transports, ...fake } = await connected();
    fake.transport().fail(lost);
    await vi.advanceTimersByTimeAsync(100);
    const [first, second] = transports;
    first?.welcome([], { session: 'late' });
    first?.fail(lost);
    expect(connection.state).toMatchObject({ status: 'reconnecting', retryAtMs: null });
    second?.welcome([], { session: 'new' });
    first?.fail(lost);
    first?.receive({ type: 'publications', room: 'r', epoch: 'e', publications: [] });
    expect(connection.state).toMatchObject({ status: 'connected', sessionId: 'new' });
    expect(listener.onFrame).not.toHaveBeenCalled();
  });
});

describe('a watcher that throws', () => {
  it('is reported and hurts neither the connection nor the other watchers', async () => {
    const fake = createFakeConnection();
    const failure = new Error('broken watcher');
    fake.watchers.add(() => {
      throw failure;
    });
    const other = vi.fn();
    fake.watchers.add(other);
    fake.connection.open();
    await settled();
    fake.transport().welcome();
    expect(fake.connection.state.status).toBe('connected');
    expect(other).toHaveBeenCalledTimes(2);
    expect(fake.report.mock.calls).toEqual([
      [failure, 'watchState'],
      [failure, 'watchState'],
    ]);
  });
});
