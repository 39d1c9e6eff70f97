import { createMemoryBroker } from '@roomcast/realtime-broker';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { startTestServer } from '@roomcast/realtime-testing';
import { describe, expect, it } from 'vitest';
import { openClient, purchase } from './openClient.ts';

const contract = eventContract;

/** What a client has to hear of the tickets 1 to `count` when it joined at `offset`. */
function expected(room: string, offset: number, count: number): string[] {
  const later = Array.from({ length: count - offset }, (_, index) => offset + index + 1);
  return [`${room} fresh`, ...later.map((n) => `${room} ticket-purchased t-${n}`)];
}

describe('joining while events are published', () => {
  it.each(['the handshake', 'a request'])('by %s loses none and doubles none', async (how) => {
    await using server = await startTestServer(contract);
    await using guest = openClient(server.url);
    if (how === 'a request') await guest.reaches('connected');
    const offsets = new Map<string, number>();
    guest.client.onRecovery(({ room, params }) => {
      const subscription = guest.client.subscribe('event', { eventId: params.eventId ?? '' });
      offsets.set(room, subscription.position?.offset ?? -1);
    });
    let isPublishing = true;
    const counts = new Map<string, number>();
    const publish = async (eventId: string) => {
      const next = (counts.get(eventId) ?? 0) + 1;
      counts.set(eventId, next);
      await server.manager.broadcastToEvent(eventId, 'ticket-purchased', purchase(`t-${next}`));
    };
    const rooms = Array.from({ length: 20 }, (_, id) => `${id}`);
    const publishing = (async () => {
      while (isPublishing) {
        await Promise.all(rooms.map(publish));
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    for (const eventId of rooms) {
      await guest.client.subscribe('event', { eventId }).joined();
    }
    isPublishing = false;
    await publishing;
    for (const eventId of rooms) {
      const room = `event-${eventId}`;
      const count = counts.get(eventId) ?? 0;
      const last = expected(room, offsets.get(room) ?? -1, count);
      await expect
        .poll(() => guest.heard.filter((line) => line.startsWith(`${room} `)))
        .toEqual(last);
    }
  });

  it('loses none that are published between the reading of the log and the answer', async () => {
    const inner = createMemoryBroker();
    let count = 0;
    const publish = () => {
      count += 1;
      void inner.publish({
        ...{ room: 'event-42', event: 'ticket-purchased', delivery: 'reliable' },
        payload: purchase(`t-${count}`),
      });
    };
    const broker: typeof inner = {
      ...inner,
      async subscribe(...args) {
        const subscription = await inner.subscribe(...args);
        publish();
        return subscription;
      },
      async read(...args) {
        publish();
        const result = await inner.read(...args);
        // In this very turn, in the next ones, and when the session is about to be a member.
        publish();
        for (let turn = 0; turn < 20; turn += 1) {
          const delayed = async () => {
            for (let wait = 0; wait < turn; wait += 1) await null;
            publish();
          };
          void delayed();
        }
        return result;
      },
    };
    await using server = await startTestServer(contract, { broker });
    await using guest = openClient(server.url);
    guest.client.connect();
    await guest.reaches('connected');
    let joinedAt = -1;
    const room = guest.client.subscribe('event', { eventId: '42' });
    guest.client.onRecovery(() => (joinedAt = room.position?.offset ?? -1));
    await room.joined();
    await guest.hears(`event-42 ticket-purchased t-${count}`);
    expect(count).toBe(23);
    expect(joinedAt).toBe(2);
    expect(guest.heard).toEqual(expected('event-42', joinedAt, count));
    await inner.close();
  });

  it('in the turn of the join itself, on either side, loses none', async () => {
    await using server = await startTestServer(contract);
    await using guest = openClient(server.url);
    guest.client.connect();
    await guest.reaches('connected');
    const publish = (n: number) =>
      server.manager.broadcastToEvent('42', 'ticket-purchased', purchase(`t-${n}`));
    const before = publish(1);
    const room = guest.client.subscribe('event', { eventId: '42' });
    const after = publish(2);
    let joinedAt = -1;
    guest.client.onRecovery(() => (joinedAt = room.position?.offset ?? -1));
    await Promise.all([before, after, room.joined()]);
    await publish(3);
    await guest.hears('event-42 ticket-purchased t-3');
    expect(guest.heard).toEqual(expected('event-42', joinedAt, 3));
  });
});

describe('rooms', () => {
  it('that the session may not join are refused with the reason', async () => {
    await using server = await startTestServer(contract);
    await using alice = openClient(server.url, { getToken: () => server.tokenFor('alice') });
    const own = alice.client.subscribe('user', { userId: 'alice' });
    const foreign = alice.client.subscribe('user', { userId: 'bob' });
    await own.joined();
    await expect(foreign.joined()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await using guest = openClient(server.url);
    const forUsers = guest.client.subscribe('global');
    await expect(forUsers.joined()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('are more than one request may name', async () => {
    await using server = await startTestServer(contract, { maxRoomsPerSession: 300 });
    await using guest = openClient(server.url);
    const rooms = Array.from({ length: 300 }, (_, id) =>
      guest.client.subscribe('event', { eventId: `${id}` }),
    );
    await Promise.all(rooms.map((room) => room.joined()));
    guest.client.disconnect();
    guest.client.connect();
    await Promise.all(rooms.map((room) => room.joined()));
    expect(guest.heard.filter((line) => line.endsWith('resumed'))).toHaveLength(300);
  });

  it('that are given up before the welcome are left a second later', async () => {
    await using server = await startTestServer(contract);
    let answer = (_token: null) => {};
    const getToken = () => new Promise<null>((resolve) => (answer = resolve));
    await using guest = openClient(server.url, { getToken });
    const kept = guest.client.subscribe('event', { eventId: 'kept' });
    guest.client.subscribe('event', { eventId: 'given-up' }).release();
    answer(null);
    await kept.joined();
    await expect
      .poll(() => server.manager.getActiveRooms(), { timeout: 4_000 })
      .toEqual(['event-kept']);
  });
});
