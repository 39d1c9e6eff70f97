import { followPresence, type RoomPresenceOptions } from '@roomcast/realtime-client';
import { defineContract } from '@roomcast/realtime-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createMockRealtime } from './createMockRealtime.ts';

const contract = defineContract({
  version: '1.0',
  rooms: {
    event: {
      template: 'event-{eventId}',
      access: 'public',
      presence: z.object({ name: z.string(), seat: z.string().default('none') }),
    },
    stage: { template: 'stage', access: 'public' },
  },
  events: {},
});

const room: ['event', { eventId: string }] = ['event', { eventId: '42' }];
const bob = { userId: 'bob', data: { name: 'Bob' } };
const carol = { userId: 'carol', data: { name: 'Carol' } };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Alice in the room of event 42, and the ids that she has seen there: `joined self bob`. */
async function open(options: RoomPresenceOptions<{ name: string }> = { data: { name: 'Alice' } }) {
  const mock = createMockRealtime(contract, { user: 'alice' });
  const presence = followPresence(mock.client, room, options);
  const seen: string[] = [];
  presence.watchView(({ status, members }) =>
    seen.push([status, ...members.map(({ id }) => id)].join(' ')),
  );
  await mock.settled();
  return { mock, presence, seen };
}

describe('the own member of a mock', () => {
  it('is in the room as the contract makes it, without a network and in no time', async () => {
    const { mock, presence } = await open();
    const member = { id: 'self', userId: 'alice', data: { name: 'Alice', seat: 'none' } };
    expect(presence.view).toMatchObject({ status: 'joined', members: [member], count: 1 });
    expect(presence.view.selfId).toBe('self');
    expect(mock.members(room)).toEqual([member]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is known as the own one before the client is told who is there', async () => {
    const mock = createMockRealtime(contract, { user: 'alice' });
    const selfIds: unknown[] = [];
    followPresence(mock.client, room, { data: { name: 'Alice' } }).watchView(
      ({ status, selfId }) => void selfIds.push(`${status} ${selfId}`),
    );
    await mock.settled();
    expect(selfIds).toEqual(['joining self', 'joined self']);
  });

  it('has the data that it was told last, and is gone when it leaves', async () => {
    const { mock, presence } = await open();
    presence.enter({ name: 'Alicia' });
    await mock.settled();
    expect(mock.members(room)).toMatchObject([{ data: { name: 'Alicia' } }]);
    presence.leave();
    await mock.settled();
    expect(mock.members(room)).toEqual([]);
    expect(presence.view).toMatchObject({ members: [], selfId: null });
  });

  it('is gone with its last use, a second later', async () => {
    const { mock, presence } = await open();
    presence.release();
    await vi.advanceTimersByTimeAsync(999);
    expect(mock.members(room)).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    await mock.settled();
    expect(mock.members(room)).toEqual([]);
  });

  it('outlives a lost connection for the grace, and one that it ended itself not at all', async () => {
    const { mock } = await open();
    mock.disconnect();
    await vi.advanceTimersByTimeAsync(4_999);
    expect(mock.members(room)).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(mock.members(room)).toEqual([]);
    mock.reconnect();
    await mock.settled();
    expect(mock.members(room)).toHaveLength(1);
    mock.client.disconnect();
    await mock.settled();
    expect(mock.members(room)).toEqual([]);
  });

  it('does not flap where its connection comes back', async () => {
    const { mock, seen } = await open();
    mock.presence(room, [bob]);
    seen.length = 0;
    mock.disconnect();
    mock.reconnect();
    await mock.settled();
    expect(seen).toEqual(['joining self bob', 'joined self bob']);
  });

  it('is taken out with the session', async () => {
    const { mock, presence } = await open();
    mock.refuse(room);
    expect(mock.members(room)).toEqual([]);
    mock.presence(room, [bob]);
    expect(presence.view).toMatchObject({ status: 'refused', members: [] });
  });
});

describe('presence', () => {
  it('has told the client who else is there when it returns', async () => {
    const { mock, presence, seen } = await open();
    seen.length = 0;
    mock.presence(room, [bob, carol]);
    expect(presence.view).toMatchObject({ count: 3, members: [{ id: 'self' }, bob, carol] });
    mock.presence(room, [carol]);
    mock.presence(room, [carol]);
    expect(seen).toEqual(['joined self bob carol', 'joined self carol']);
  });

  it('holds for who joins later, and through a lost connection', async () => {
    const mock = createMockRealtime(contract);
    mock.presence(room, [bob]);
    const { view, watchView } = followPresence(mock.client, room);
    const counts: number[] = [];
    watchView(({ count }) => counts.push(count));
    expect(view.members).toEqual([]);
    await mock.settled();
    mock.disconnect();
    mock.presence(room, [bob, carol]);
    mock.reconnect();
    await mock.settled();
    expect(counts).toEqual([1, 1, 2]);
  });

  it('gives members ids that stay, also to guests and to a user who is there twice', async () => {
    const { mock, presence } = await open({});
    const guest = { data: { name: 'Somebody' } };
    mock.presence(room, [bob, guest, bob, { ...carol, id: 'c' }, guest]);
    const ids = () => presence.view.members.map(({ id }) => id);
    expect(ids()).toEqual(['bob', 'guest', 'bob-2', 'c', 'guest-2']);
    mock.presence(room, [guest, bob]);
    expect(ids()).toEqual(['bob', 'guest']);
  });

  it('counts those who are not listed', async () => {
    const { mock, presence } = await open();
    mock.presence(room, [bob], { unlisted: 998 });
    expect(presence.view).toMatchObject({ count: 1_000, members: [{ id: 'self' }, bob] });
    mock.presence(room, []);
    expect(presence.view.count).toBe(1);
  });

  it('tells one who only counts no more than that', async () => {
    const { mock, presence } = await open({ follow: 'count' });
    mock.presence(room, [bob, carol]);
    expect(presence.view).toMatchObject({ status: 'joined', members: [], count: 2 });
  });

  it('tells nothing while the token is over, and then what has changed', async () => {
    const { mock, seen } = await open();
    mock.presence(room, [bob]);
    seen.length = 0;
    mock.expireToken();
    mock.presence(room, [carol]);
    expect(seen).toEqual([]);
    await mock.settled();
    expect(seen).toEqual(['joined self carol']);
  });

  it('takes data as it travels: whoever changes it later changes nothing', async () => {
    const { mock } = await open({});
    const data = { name: 'Bob' };
    mock.presence(room, [{ data }]);
    data.name = 'Robert';
    expect(mock.members(room)).toMatchObject([{ data: { name: 'Bob' } }]);
  });

  it('refuses what could not be in a room, and changes nothing', async () => {
    const { mock, presence } = await open();
    mock.presence(room, [bob]);
    const refused: readonly [string, () => void][] = [
      ['INVALID_PAYLOAD', () => mock.presence(room, [{ data: { name: 7 as never } }])],
      ['INVALID_PAYLOAD', () => mock.presence(room, [{ data: { name: 'é'.repeat(512) } }])],
      ['INVALID_CONFIG', () => mock.presence(room, [{ ...carol, id: 'self' }])],
      ['INVALID_CONFIG', () => mock.presence(room, [bob, { ...carol, id: 'bob' }])],
      ['INVALID_CONFIG', () => mock.presence(room, [], { unlisted: -1 })],
      ['INVALID_ROOM', () => mock.presence(['stage'] as never, [])],
    ];
    for (const [code, call] of refused) {
      expect(call).toThrow(expect.objectContaining({ code }));
    }
    expect(presence.view.members).toMatchObject([{ id: 'self' }, bob]);
  });
});

describe('a client that asks amiss', () => {
  const ask = (mock: Awaited<ReturnType<typeof open>>['mock'], name: string, data: unknown) => {
    const member = { key: 'key', data };
    return new Promise((resolve, reject) => {
      const request = { room: name, follow: 'members', member } as const;
      mock.client.ports.presence.ask(request, { resolve, reject });
    });
  };

  it.each([
    ['data that does not fit', 'event-42', { name: 7 }, 'INVALID_PAYLOAD'],
    ['too much data', 'event-42', { name: 'A'.repeat(1_024) }, 'INVALID_PAYLOAD'],
    ['a room that it is not in', 'event-43', { name: 'Alice' }, 'FORBIDDEN'],
    ['a room without presence', 'stage', {}, 'INVALID_ROOM'],
  ])('is refused as by the server: %s', async (_, name, data, code) => {
    const { mock } = await open({});
    mock.client.subscribe('stage');
    await mock.settled();
    await expect(ask(mock, name, data)).rejects.toMatchObject({ code });
    expect(mock.members(room)).toEqual([]);
  });
});
