import { RoomcastError } from '@roomcast/realtime-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeConnection, type FakeConnection } from '../fakes/createFakeConnection.ts';
import type { ConnectionState } from './connectionState.ts';

const lost = new RoomcastError('CONNECTION_LOST', 'The connection ended.');

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});

afterEach(() => {
  vi.useRealTimers();
});

const settled = () => vi.advanceTimersByTimeAsync(0);

/** Calls back the first time that a state is told. */
function onceTold(fake: FakeConnection, status: ConnectionState['status'], run: () => void): void {
  const stop = fake.watchers.add((state) => {
    if (state.status !== status) return;
    stop();
    run();
  });
}

const statuses = (fake: FakeConnection) => fake.states.map(({ status }) => status);

async function connected(): Promise<FakeConnection> {
  const fake = createFakeConnection();
  fake.connection.open();
  await settled();
  fake.transport().welcome();
  return fake;
}

describe('disconnecting from a watcher', () => {
  it('when it begins to connect stops before the token is asked for', async () => {
    const fake = createFakeConnection();
    onceTold(fake, 'connecting', () => fake.connection.close('disconnected'));
    fake.connection.open();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(fake.getToken).not.toHaveBeenCalled();
    expect(statuses(fake)).toEqual(['connecting', 'closed']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('when the connection was lost ends the reconnecting', async () => {
    const fake = await connected();
    onceTold(fake, 'reconnecting', () => fake.connection.close('disconnected'));
    fake.transport().fail(lost);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(fake.connection.state).toMatchObject({ status: 'closed', reason: 'disconnected' });
    expect(fake.transports).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('when it is connected ends the transport', async () => {
    const fake = createFakeConnection();
    onceTold(fake, 'connected', () => fake.connection.close('disconnected'));
    fake.connection.open();
    await settled();
    fake.transport().welcome();
    expect(fake.transport().isClosed).toBe(true);
    expect(fake.connection.state.status).toBe('closed');
  });

  it('lets every watcher hear of the states in the order in which they came', async () => {
    const fake = await connected();
    onceTold(fake, 'reconnecting', () => fake.connection.close('disconnected'));
    const later: string[] = [];
    fake.watchers.add((state) => later.push(state.status));
    fake.transport().fail(lost);
    expect(later).toEqual(['reconnecting', 'closed']);
  });
});

describe('connecting from a watcher', () => {
  it('when the connection was lost begins one attempt and not a second', async () => {
    const fake = await connected();
    onceTold(fake, 'reconnecting', () => fake.connection.open());
    fake.transport().fail(lost);
    await settled();
    expect(fake.transports).toHaveLength(2);
    fake.transport().welcome();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(fake.transports).toHaveLength(2);
    expect(fake.transport().isClosed).toBe(false);
    expect(fake.connection.state.status).toBe('connected');
  });

  it('when it was closed begins anew', async () => {
    const fake = await connected();
    onceTold(fake, 'closed', () => fake.connection.open());
    fake.connection.close('disconnected');
    await settled();
    fake.transport().welcome();
    expect(statuses(fake).slice(-3)).toEqual(['closed', 'connecting', 'connected']);
  });
});

describe('acting while the parts are told', () => {
  it('a disconnect while they hear of the loss is not undone', async () => {
    const fake = await connected();
    fake.listener.onDown.mockImplementationOnce(() => fake.connection.close('disconnected'));
    fake.transport().fail(lost);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(statuses(fake)).toEqual(['connecting', 'connected', 'closed']);
    expect(fake.listener.onDown).toHaveBeenCalledOnce();
    expect(fake.transports).toHaveLength(1);
  });

  it('a connect while they hear of the loss begins one attempt', async () => {
    const fake = await connected();
    fake.listener.onDown.mockImplementationOnce(() => fake.connection.open());
    fake.transport().fail(lost);
    await settled();
    fake.transport().welcome();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(fake.transports).toHaveLength(2);
    expect(fake.connection.state.status).toBe('connected');
  });

  it('a disconnect while they hear of the welcome means that nobody is told "connected"', async () => {
    const fake = createFakeConnection();
    fake.listener.onWelcome.mockImplementationOnce(() => fake.connection.close('disconnected'));
    fake.connection.open();
    await settled();
    fake.transport().welcome();
    expect(statuses(fake)).toEqual(['connecting', 'closed']);
    expect(fake.listener.onDown).toHaveBeenCalledOnce();
  });
});
