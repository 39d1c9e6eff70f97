import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type OpenedMock, openMock } from '../fakes/openMock.ts';
import { createMockRealtime } from './createMockRealtime.ts';

const purchase = eventContract.events['ticket-purchased'].example;
const event42 = ['event', { eventId: '42' }] as const;
const message = { eventId: '42', message: 'Hello' };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** An event whose ticket has this name. */
const sold = (ticketId: string) => ({ ...purchase, ticketId });

describe('a lost connection', () => {
  it('stays lost until the mock lets the client back, which then hears what it missed', async () => {
    const { mock, heard } = await openMock();
    mock.disconnect();
    expect(mock.client.state).toMatchObject({
      status: 'reconnecting',
      error: { code: 'CONNECTION_LOST' },
    });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(mock.client.state).toMatchObject({
      status: 'reconnecting',
      error: { code: 'CONNECTION_FAILED' },
    });
    mock.publish('ticket-purchased', sold('t-1'));
    heard.length = 0;
    mock.reconnect();
    await mock.settled();
    expect(heard).toEqual([
      'reconnecting',
      'event-42 resumed',
      'connected',
      'ticket-purchased t-1',
    ]);
  });

  it('comes back by itself after its delay, once it may', async () => {
    const { mock, heard } = await openMock();
    mock.disconnect({ reason: 'server-shutdown', retryAfterMs: 5_000 });
    expect(mock.client.state).toMatchObject({ retryAtMs: Date.now() + 5_000 });
    await vi.advanceTimersByTimeAsync(4_999);
    expect(heard.at(-1)).toBe('reconnecting');
    mock.reconnect();
    await mock.settled();
    expect(heard.at(-1)).toBe('connected');
  });

  it.each([
    ['transport-close', 'CONNECTION_LOST', 'transport close'],
    ['ping-timeout', 'CONNECTION_LOST', 'ping timeout'],
    ['slow', 'CONNECTION_LOST', 'transport close'],
    ['server-disconnect', 'CONNECTION_LOST', 'io server disconnect'],
    ['invalid-frame', 'INVALID_FRAME', 'Not a frame'],
    ['token-expired', 'TOKEN_EXPIRED', 'past its expiry'],
    ['token-revoked', 'TOKEN_REVOKED', 'revoked'],
    [{ reason: 'server-shutdown', retryAfterMs: 9 }, 'SERVER_DRAINING', 'shuts down'],
  ] as const)('ends as by %j', async (how, code, text) => {
    const { mock } = await openMock({ user: 'alice' });
    mock.disconnect(how);
    expect(mock.client.state).toMatchObject({
      status: 'reconnecting',
      error: { code, message: expect.stringContaining(text) },
    });
    expect(mock.joined).toEqual([]);
    mock.reconnect();
    await mock.settled();
    expect(mock.client.state.status).toBe('connected');
  });

  it('may be there from the beginning', async () => {
    const mock = createMockRealtime(eventContract);
    mock.disconnect();
    mock.client.connect();
    await mock.settled();
    expect(mock.client.state.status).toBe('reconnecting');
  });

  it('may be a refusal for good, which only the application ends', async () => {
    const { mock } = await openMock();
    mock.disconnect({ reason: 'refused', code: 'CONTRACT_INCOMPATIBLE' });
    await mock.settled();
    expect(mock.client.state).toMatchObject({
      ...{ status: 'closed', reason: 'refused', error: { code: 'CONTRACT_INCOMPATIBLE' } },
    });
    mock.reconnect();
    await mock.settled();
    expect(mock.client.state.status).toBe('closed');
    mock.client.connect();
    await mock.settled();
    expect(mock.client.state.status).toBe('connected');
  });
});

describe('a mock that is asked for what there is not', () => {
  const { example } = eventContract.events.heartbeat;
  it.each<[string, (mock: OpenedMock['mock']) => unknown, string]>([
    ['an ending', (mock) => mock.disconnect('gone' as never), '`how` to be one of `transport-clo'],
    ['no ending', (mock) => mock.disconnect(null as never), '`how.reason` to be one of `server-'],
    [
      'the reason of an ending',
      (mock) => mock.disconnect({ reason: 'lost' } as never),
      '`how.reason` to be one of `server-shutdown`, `refused`',
    ],
    [
      'a refusal of handshakes',
      (mock) => mock.disconnect({ reason: 'refused', code: 'FORBIDDEN' as never }),
      '`how.code` to be one of `AUTHENTICATION_FAILED`',
    ],
    [
      'a wait',
      (mock) => mock.disconnect({ reason: 'server-shutdown', retryAfterMs: -1 }),
      '`retryAfterMs` to be a whole number of at least 0',
    ],
    ['a gap', (mock) => mock.gap([...event42], 'lost' as never), '`reason` to be one of `expired`'],
    [
      'a gap of nothing',
      (mock) => mock.gap([...event42], 'overflow', 0),
      '`missed` to be a whole number of at least 1',
    ],
    [
      'a refusal of rooms',
      (mock) => mock.refuse([...event42], 'CONNECTION_LOST' as never),
      '`code` to be one of `FORBIDDEN`',
    ],
  ])('refuses %s that it does not know, and does nothing', async (_, ask, message) => {
    const { mock, heard } = await openMock({ user: 'alice' });
    const before = [...heard];
    expect(() => ask(mock)).toThrow(
      expect.objectContaining({
        code: 'INVALID_CONFIG',
        message: expect.stringContaining(message),
      }),
    );
    await mock.settled();
    expect(heard).toEqual(before);
    mock.publish('heartbeat', example);
    expect(heard.at(-1)).toBe('heartbeat');
  });
});

describe('a gap', () => {
  it.each([
    ['expired', 2],
    ['overflow', 2],
    ['limit', 2],
    ['epoch-changed', '?'],
  ] as const)('is told because of %s, and the stream goes on behind it', async (reason, missed) => {
    const { mock, heard } = await openMock();
    mock.publish('ticket-purchased', sold('t-1'));
    heard.length = 0;
    mock.gap([...event42], reason, 2);
    mock.publish('ticket-purchased', sold('t-2'));
    expect(heard).toEqual([`event-42 gap ${reason} ${missed}`, 'ticket-purchased t-2']);
  });

  it.each([
    ['expired', 3],
    ['overflow', 3],
    ['limit', 3],
    ['epoch-changed', '?'],
  ] as const)('because of %s waits for who is away', async (reason, missed) => {
    const { mock, heard } = await openMock();
    mock.disconnect();
    mock.publish('ticket-purchased', sold('t-1'));
    mock.gap([...event42], reason, 2);
    heard.length = 0;
    mock.reconnect();
    await mock.settled();
    expect(heard).toEqual(['reconnecting', `event-42 gap ${reason} ${missed}`, 'connected']);
    mock.publish('ticket-purchased', sold('t-2'));
    expect(heard.at(-1)).toBe('ticket-purchased t-2');
  });

  it('happens by itself where more was missed than the log holds, or the client wants', async () => {
    const few = await openMock({ maxPublications: 2 });
    const wanting = await openMock({ maxReplay: 2 });
    for (const { mock } of [few, wanting]) {
      mock.disconnect();
      for (const name of ['t-1', 't-2', 't-3']) mock.publish('ticket-purchased', sold(name));
      mock.reconnect();
      await mock.settled();
    }
    expect(few.heard.slice(-2)).toEqual(['event-42 gap overflow 3', 'connected']);
    expect(wanting.heard.slice(-2)).toEqual(['event-42 gap limit 3', 'connected']);
  });

  it('takes the session out of the room where it is unauthorized', async () => {
    const { mock, heard } = await openMock();
    mock.gap([...event42], 'unauthorized');
    expect(heard.at(-1)).toBe('event-42 gap unauthorized ?');
    expect(mock.joined).toEqual([]);
  });
});

describe('a refused room', () => {
  it('is refused with its code until it is admitted and asked for again', async () => {
    const mock = createMockRealtime(eventContract);
    mock.refuse([...event42], 'LIMIT_EXCEEDED');
    const room = mock.client.subscribe('event', { eventId: '42' });
    await mock.settled();
    expect(room.state).toMatchObject({ status: 'refused', error: { code: 'LIMIT_EXCEEDED' } });
    expect(() => mock.publish('ticket-purchased')).toThrow(
      'is refused in "event-42". Admit it first',
    );
    room.release();
    mock.admit([...event42]);
    const again = mock.client.subscribe('event', { eventId: '42' });
    await mock.settled();
    expect(again.state.status).toBe('joined');
  });

  it('is left by who was in it', async () => {
    const { mock, heard } = await openMock();
    const room = mock.client.subscribe('event', { eventId: '42' });
    mock.refuse([...event42]);
    expect(room.state).toMatchObject({ status: 'refused', error: { code: 'FORBIDDEN' } });
    const before = heard.length;
    mock.publish('ticket-purchased', sold('t-1'), { eventId: '42' });
    expect(heard).toHaveLength(before);
  });

  it('may be the own room of another user', async () => {
    const { mock } = await openMock({ user: 'alice' });
    const room = mock.client.subscribe('user', { userId: 'bob' });
    await mock.settled();
    expect(room.state).toMatchObject({ status: 'refused', error: { code: 'FORBIDDEN' } });
  });
});

describe('a token that has run out', () => {
  it('stops delivery until another has come, and nothing is missed', async () => {
    const getToken = vi.fn(async () => 'first');
    const { mock, heard } = await openMock({ user: 'alice', getToken });
    let bring = (_: string) => {};
    getToken.mockImplementation(
      () =>
        new Promise((resolve) => {
          bring = resolve;
        }),
    );
    mock.expireToken();
    mock.publish('ticket-purchased', sold('t-1'));
    await mock.settled();
    expect(heard.at(-1)).toBe('connected');
    await expect(mock.client.call('send-message', message)).rejects.toMatchObject({
      code: 'TOKEN_EXPIRED',
    });
    bring('second');
    await mock.settled();
    expect(heard.slice(-2)).toEqual(['connected', 'ticket-purchased t-1']);
    await vi.advanceTimersByTimeAsync(25_000);
    expect(mock.client.state.status).toBe('connected');
  });

  it('that has run out twice is renewed once, for good', async () => {
    const { mock } = await openMock({ user: 'alice' });
    mock.expireToken();
    mock.expireToken();
    await mock.settled();
    await vi.advanceTimersByTimeAsync(25_000);
    expect(mock.client.state.status).toBe('connected');
  });

  it('gets no more time by running out again', async () => {
    const { mock } = await openMock({ user: 'alice', getToken: () => 'the same' });
    mock.expireToken();
    await vi.advanceTimersByTimeAsync(20_000);
    mock.expireToken();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(mock.client.state.status).toBe('reconnecting');
  });

  it('ends the connection after the grace', async () => {
    const { mock } = await openMock({ user: 'alice', getToken: () => 'the same' });
    mock.expireToken();
    await vi.advanceTimersByTimeAsync(24_999);
    expect(mock.client.state.status).toBe('connected');
    await vi.advanceTimersByTimeAsync(1);
    expect(mock.client.state).toMatchObject({
      status: 'reconnecting',
      error: { code: 'TOKEN_EXPIRED' },
    });
  });

  it('is nothing that a guest has', async () => {
    const { mock } = await openMock();
    expect(() => mock.expireToken()).toThrow(expect.objectContaining({ code: 'NOT_CONNECTED' }));
  });
});
