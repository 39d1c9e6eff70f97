import { clientRequests, RoomcastError, type RoomResult } from '@roomcast/realtime-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeClient } from '../fakes/createFakeClient.ts';
import { publicationOf } from '../fakes/publicationOf.ts';

vi.mock('../socket-io/openTransport.ts', () => import('../fakes/openTransport.ts'));

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});

afterEach(() => {
  vi.useRealTimers();
});

const settled = () => vi.advanceTimersByTimeAsync(0);
const lost = new RoomcastError('CONNECTION_LOST', 'The connection ended.');
const at = (offset: number) => ({ epoch: 'e1', offset, revision: 0 });
const answer = (status: 'fresh' | 'resumed', offset: number, room = 'event-42'): RoomResult => ({
  ...{ room, status, position: at(offset) },
});
const gap = (offset: number, missed: number): RoomResult => ({
  ...{ room: 'event-42', status: 'gap', reason: 'overflow', position: at(offset), missed },
});

/** A client that was in the room `event-42`, up to the offset 6, and has left it. */
async function leftRoom(options: Parameters<typeof createFakeClient>[0] = {}) {
  const fake = createFakeClient(options);
  const room = fake.client.subscribe('event', { eventId: '42' });
  const transport = await fake.connect([answer('fresh', 5)], 'alice');
  transport.publish(publicationOf('event-42', 6));
  room.release();
  await vi.advanceTimersByTimeAsync(1_000);
  fake.heard.length = 0;
  const asked = () => fake.transport().sent(clientRequests.join);
  const subscribe = () => fake.client.subscribe('event', { eventId: '42' });
  return { ...fake, asked, subscribe };
}

describe('a room that was left', () => {
  it('is resumed from where the client stood', async () => {
    const { subscribe, asked, transport, heard } = await leftRoom();
    const room = subscribe();
    expect(room).toMatchObject({ position: at(6), state: { status: 'joining' } });
    await settled();
    expect(asked()).toEqual([[{ room: 'event-42', position: at(6) }]]);
    transport()
      .lastRequest()
      .accept([answer('resumed', 7)]);
    transport().publish(publicationOf('event-42', 7));
    expect(heard).toEqual(['42: resumed', '42: reliable 7']);
  });

  it('and is asked for again while there is no connection is resumed by the handshake', async () => {
    const { subscribe, transport, connect, heard } = await leftRoom();
    transport().fail(lost);
    subscribe();
    await vi.advanceTimersByTimeAsync(100);
    const next = await connect([gap(9, 3)], 'alice');
    expect(next.rooms).toEqual([{ room: 'event-42', position: at(6) }]);
    expect(heard).toEqual(['42: gap overflow 3']);
  });

  it('is remembered for two minutes, and then it is new again', async () => {
    const { subscribe, asked } = await leftRoom();
    await vi.advanceTimersByTimeAsync(120_000);
    subscribe().release();
    await settled();
    await vi.advanceTimersByTimeAsync(1_000 + 120_001);
    subscribe();
    await settled();
    expect(asked()).toEqual([[{ room: 'event-42', position: at(6) }], [{ room: 'event-42' }]]);
  });

  it.each([
    [50, 51],
    [0, 1],
  ])('is remembered for `positionRetentionMs`: %i', async (positionRetentionMs, waitMs) => {
    const { subscribe, asked } = await leftRoom({ positionRetentionMs });
    await vi.advanceTimersByTimeAsync(waitMs);
    subscribe();
    await settled();
    expect(asked()).toEqual([[{ room: 'event-42' }]]);
  });

  it('is new again where the handshake named a position that is too old now', async () => {
    const { subscribe, client, transport, connect, heard, asked } = await leftRoom({
      positionRetentionMs: 1_500,
    });
    transport().fail(lost);
    const first = subscribe();
    await vi.advanceTimersByTimeAsync(100);
    expect(transport().rooms).toEqual([{ room: 'event-42', position: at(6) }]);
    first.release();
    await vi.advanceTimersByTimeAsync(1_000 + 1_501);
    const second = client.subscribe('event', { eventId: '42' });
    await connect([answer('resumed', 9)], 'alice');
    transport().publish(publicationOf('event-42', 7));
    expect(second.state).toEqual({ status: 'joining' });
    expect(asked()).toEqual([[{ room: 'event-42' }]]);
    transport()
      .lastRequest()
      .accept([answer('fresh', 9)]);
    expect(heard).toEqual(['42: fresh']);
  });

  it('is one of at most 1,000 that are remembered; the oldest are forgotten first', async () => {
    const { client, connect, transport } = createFakeClient();
    await connect();
    for (let from = 0; from < 1_100; from += 100) {
      const ids = Array.from({ length: 100 }, (_, index) => `${from + index}`);
      const rooms = ids.map((eventId) => client.subscribe('event', { eventId }));
      await settled();
      transport()
        .lastRequest()
        .accept(ids.map((id) => answer('fresh', 5, `event-${id}`)));
      for (const room of rooms) room.release();
      await vi.advanceTimersByTimeAsync(1_000);
    }
    const [forgotten, kept] = ['99', '100'].map((eventId) =>
      client.subscribe('event', { eventId }),
    );
    expect(forgotten?.position).toBeNull();
    expect(kept?.position).toEqual(at(5));
  });

  it('because the server refused it is not remembered', async () => {
    const { subscribe, transport, asked } = await leftRoom();
    const room = subscribe();
    await settled();
    const error = { code: 'FORBIDDEN', message: 'No.' };
    transport()
      .lastRequest()
      .accept([{ room: 'event-42', status: 'refused', error }]);
    room.release();
    subscribe();
    await settled();
    expect(asked().at(-1)).toEqual([{ room: 'event-42' }]);
  });
});

describe('another user', () => {
  it('does not resume the rooms that were left', async () => {
    const { client, subscribe, connect, asked } = await leftRoom();
    client.disconnect();
    client.connect();
    await connect([], 'bob');
    expect(subscribe().position).toBeNull();
    await settled();
    expect(asked()).toEqual([[{ room: 'event-42' }]]);
  });

  it.each<RoomResult>([answer('resumed', 9), gap(9, 3)])(
    'has every room from its beginning, though the handshake named a position: $status',
    async (result) => {
      const { client, subscribe, connect, transport, asked, heard } = await leftRoom();
      const room = subscribe();
      client.disconnect();
      client.connect();
      const next = await connect([result], 'bob');
      expect(next.rooms).toEqual([{ room: 'event-42', position: at(6) }]);
      // What is replayed was left out by the other user.
      next.publish(publicationOf('event-42', 7));
      expect(room).toMatchObject({ state: { status: 'joining' }, position: null });
      expect(asked()).toEqual([[{ room: 'event-42' }]]);
      transport()
        .lastRequest()
        .accept([answer('fresh', 9)]);
      next.publish(publicationOf('event-42', 10));
      expect(heard).toEqual(['42: fresh', '42: reliable 10']);
    },
  );

  it('who may not see a room is told so, and of no gap: nothing of it was theirs', async () => {
    const { client, subscribe, connect, heard } = await leftRoom();
    const room = subscribe();
    client.disconnect();
    client.connect();
    const error = { code: 'FORBIDDEN', message: 'Not for bob.' };
    await connect([{ room: 'event-42', status: 'refused', error }], 'bob');
    expect(room.state).toMatchObject({ status: 'refused' });
    expect(heard).toEqual([]);
  });

  it('is also a guest who logs in, and a user who logs out', async () => {
    const { client, connect } = createFakeClient();
    const room = client.subscribe('event', { eventId: '42' });
    await connect([answer('fresh', 5)], null);
    for (const user of ['alice', null]) {
      client.disconnect();
      client.connect();
      const next = await connect([answer('resumed', 5)], user);
      expect(next.rooms[0]).toMatchObject({ position: at(5) });
      expect(next.sent(clientRequests.join)).toEqual([[{ room: 'event-42' }]]);
      next.lastRequest().accept([answer('fresh', 5)]);
    }
    expect(room.state).toEqual({ status: 'joined' });
  });
});
