import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openMock } from '../fakes/openMock.ts';
import { createMockRealtime } from './createMockRealtime.ts';

const purchase = eventContract.events['ticket-purchased'].example;
const tick = eventContract.events['market-update'].example;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** An event whose ticket has this name. */
const sold = (ticketId: string) => ({ ...purchase, ticketId });

describe('createMockRealtime', () => {
  it.each([undefined, null, {}, 'contract'])('says that %j is no contract', (contract) => {
    expect(() => createMockRealtime(contract as never)).toThrow(
      expect.objectContaining({
        code: 'INVALID_CONFIG',
        message: expect.stringContaining('Expected `contract` to be made by `defineContract`'),
      }),
    );
  });

  it.each([-1, 1.5, Number.NaN, '2'])('refuses to keep %j publications', (maxPublications) => {
    expect(() =>
      createMockRealtime(eventContract, { maxPublications: maxPublications as never }),
    ).toThrow(
      expect.objectContaining({
        code: 'INVALID_CONFIG',
        message: expect.stringContaining('maxPublications'),
      }),
    );
  });
});

describe('the client of a mock', () => {
  it('does nothing before it is used', async () => {
    const { client, joined, settled } = createMockRealtime(eventContract);
    await settled();
    expect([client.state.status, joined]).toEqual(['idle', []]);
  });

  it('connects and joins by itself', async () => {
    const { mock, heard } = await openMock({ user: 'alice' });
    const joined = ['user-alice fresh', 'global fresh', 'event-42 fresh'];
    expect(heard).toEqual(['connecting', ...joined, 'connected']);
    expect(mock.client.state).toMatchObject({ status: 'connected', userId: 'alice' });
    expect(mock.joined.map(({ room }) => room).toSorted()).toEqual([
      'event-42',
      'global',
      'user-alice',
    ]);
    expect(mock.joined).toContainEqual({
      room: 'event-42',
      kind: 'event',
      params: { eventId: '42' },
    });
  });

  it('is a guest without a user, whom only public rooms let in', async () => {
    const { mock } = await openMock();
    const global = mock.client.subscribe('global');
    await mock.settled();
    expect(mock.client.state).toMatchObject({ userId: null });
    expect(global.state).toMatchObject({ status: 'refused', error: { code: 'UNAUTHENTICATED' } });
  });

  it('is closed for good, twice without harm', async () => {
    const { mock } = await openMock();
    await mock.close();
    await mock[Symbol.asyncDispose]();
    expect(mock.client.state).toMatchObject({ status: 'closed', reason: 'closed' });
    expect(mock.joined).toEqual([]);
  });

  it('leaves a room as a real one does, a second after its last use', async () => {
    const { mock } = await openMock();
    const other = mock.client.subscribe('event', { eventId: '43' });
    await mock.settled();
    other.release();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(mock.joined.map(({ room }) => room)).toEqual(['event-42']);
  });
});

describe('publish', () => {
  it('has called the handlers when it returns', async () => {
    const { mock, heard } = await openMock();
    const position = mock.publish('ticket-purchased', sold('t-1'));
    expect(heard.at(-1)).toBe('ticket-purchased t-1');
    expect(position).toMatchObject({ offset: 1, revision: 0 });
  });

  it('publishes the example of the contract where there is no payload', async () => {
    const { mock } = await openMock();
    const handler = vi.fn();
    mock.client.on('ticket-purchased', handler);
    mock.publish('ticket-purchased');
    expect(handler).toHaveBeenCalledWith(purchase, expect.objectContaining({ room: 'event-42' }));
  });

  it('takes a payload as it travels: whoever changes it later changes nothing', async () => {
    const { mock, heard } = await openMock();
    const payload = sold('t-1');
    mock.disconnect();
    mock.publish('ticket-purchased', payload);
    payload.ticketId = 't-2';
    mock.reconnect();
    await mock.settled();
    expect(heard.at(-1)).toBe('ticket-purchased t-1');
  });

  it('refuses a payload that does not fit the contract, and publishes nothing', async () => {
    const { mock, heard } = await openMock();
    const before = heard.length;
    expect(() => mock.publish('ticket-purchased', { ...purchase, price: 'free' as never })).toThrow(
      expect.objectContaining({
        code: 'INVALID_PAYLOAD',
        message: expect.stringContaining('price'),
      }),
    );
    expect(heard).toHaveLength(before);
  });

  it('refuses an event that the contract does not have', async () => {
    const { mock } = await openMock();
    expect(() => mock.publish('slod' as never)).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_EVENT' }),
    );
  });

  it('goes to the room that is named', async () => {
    const { mock, heard } = await openMock();
    mock.publish('ticket-purchased', sold('t-1'), { eventId: '43' });
    mock.publish('ticket-purchased', sold('t-2'), { eventId: '42' });
    expect(heard.filter((what) => what.startsWith('ticket'))).toEqual(['ticket-purchased t-2']);
  });

  it('goes to a room without parameters without asking', async () => {
    const { mock, heard } = await openMock({ user: 'alice' });
    mock.publish('heartbeat');
    expect(heard.at(-1)).toBe('heartbeat');
  });

  it('needs a room to be named where there are two of the kind', async () => {
    const { mock } = await openMock();
    const other = mock.client.subscribe('event', { eventId: '43' });
    await mock.settled();
    expect(() => mock.publish('ticket-purchased')).toThrow(
      expect.objectContaining({
        code: 'EMPTY_TARGET',
        message: expect.stringMatching(/"event-42" and "event-43"\. .*name the parameters/),
      }),
    );
    // It is still joined, and nobody uses it any more.
    other.release();
    expect(() => mock.publish('ticket-purchased')).not.toThrow();
  });

  it('needs a room to be named where there is none of the kind', async () => {
    const { mock } = await openMock();
    expect(() => mock.publish('notification')).toThrow(
      expect.objectContaining({
        code: 'EMPTY_TARGET',
        message:
          '"notification" would reach nobody: the client uses no room of kind "user". Subscribe to one first, or name the parameters of the room, as in `mock.publish(\'notification\', undefined, { … })`.',
      }),
    );
  });

  it('says that the client is closed', async () => {
    const { mock } = await openMock();
    await mock.close();
    expect(() => mock.publish('ticket-purchased')).toThrow(
      expect.objectContaining({
        code: 'EMPTY_TARGET',
        message: expect.stringContaining('the client is closed. Publish before `close()`.'),
      }),
    );
  });

  it('says what to await where the client has not joined yet', () => {
    const { client, publish } = createMockRealtime(eventContract);
    client.subscribe('event', { eventId: '42' });
    expect(() => publish('ticket-purchased')).toThrow(
      expect.objectContaining({
        code: 'EMPTY_TARGET',
        message: expect.stringContaining('Await `mock.settled()`'),
      }),
    );
  });

  it('keeps the newest of each latest value for who comes later, until it is removed', async () => {
    const { mock } = await openMock({ user: 'alice' });
    mock.publish('market-update', { ...tick, symbol: 'A', price: 1 });
    mock.publish('market-update', { ...tick, symbol: 'A', price: 2 });
    mock.publish('market-update', { ...tick, symbol: 'B', price: 3 });
    mock.remove('market-update', 'B');
    const { publications } = await mock.client
      .history(['global'], { since: { ...mock.publish('heartbeat'), revision: 0 } })
      .then((history) => (history.status === 'continued' ? history : { publications: [] }));
    expect(publications.map(({ key, removed }) => [key, removed])).toEqual([
      ['A', undefined],
      ['B', true],
    ]);
  });

  it('tells handlers of removals', async () => {
    const { mock, heard } = await openMock({ user: 'alice' });
    mock.publish('market-update');
    mock.remove('market-update', 'TICKET');
    expect(heard.slice(-2)).toEqual(['market-update TICKET', 'market-update without TICKET']);
    expect(() => mock.remove('heartbeat')).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_EVENT' }),
    );
  });
});

describe('runWithin', () => {
  it('has everything in it that changes the client, timers too', async () => {
    const { mock } = await openMock({ user: 'alice' });
    let depth = 0;
    const within: number[] = [];
    const end = mock.runWithin((run) => {
      depth += 1;
      const done = run();
      if (done)
        return done.finally(() => {
          depth -= 1;
        });
      depth -= 1;
      return undefined;
    });
    mock.client.watchState(() => within.push(depth));
    mock.client.on('ticket-purchased', () => within.push(depth));
    mock.publish('ticket-purchased');
    mock.disconnect();
    await vi.advanceTimersByTimeAsync(600);
    mock.reconnect();
    await mock.settled();
    expect(within.length).toBeGreaterThan(4);
    expect(Math.min(...within)).toBeGreaterThan(0);
    end();
    mock.publish('ticket-purchased');
    expect(within.at(-1)).toBe(0);
  });
});
