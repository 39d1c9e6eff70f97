import {
  clientRequests,
  defineContract,
  encodeFrame,
  type Frame,
  type FramedMember,
  type PresenceFrame,
  parseFrame,
  RoomcastError,
  type RoomResult,
} from '@roomcast/realtime-contract';
import { Heartbeat } from '@roomcast/realtime-contract/event-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRealtimeClient } from '../createRealtimeClient.ts';
import type { FakeTransport } from '../fakes/fakeTransport.ts';
import { opened } from '../fakes/openTransport.ts';
import { followPresence } from './followPresence.ts';

vi.mock('../socket-io/openTransport.ts', () => import('../fakes/openTransport.ts'));

const contract = defineContract({
  version: '1.0',
  rooms: {
    event: {
      template: 'event-{eventId}',
      access: 'public',
      presence: Heartbeat,
    },
    news: { template: 'news', access: 'public' },
  },
  events: {},
});
const event: ['event', { eventId: string }] = ['event', { eventId: '42' }];
const room = 'event-42';
const joined: RoomResult = {
  ...{ room, status: 'fresh' },
  position: { epoch: 'e', offset: 0, revision: 0 },
};
const member = (id: string, at = 1): FramedMember => ({
  id,
  userId: `user ${id}`,
  data: { timestamp: `${at}` },
});
const frame = (parts: Partial<PresenceFrame>): Frame =>
  parseFrame(encodeFrame({ ...{ type: 'presence', room, count: 0 }, ...parts }));

function createClient() {
  return createRealtimeClient({ contract, url: 'http://127.0.0.1:9', random: () => 0 });
}

let client: ReturnType<typeof createClient>;

/** Welcomes the client on its newest transport, in the rooms that it asked for. */
async function connect(result: RoomResult = joined): Promise<FakeTransport> {
  await vi.advanceTimersByTimeAsync(0);
  const transport = opened.at(-1);
  if (!transport) throw new Error('No transport was opened.');
  transport.welcome(transport.rooms.length > 0 ? [result] : []);
  await vi.advanceTimersByTimeAsync(0);
  return transport;
}

/** What was asked for of presence, without the key of the client. */
function asked(transport: FakeTransport) {
  return (
    transport.sent(clientRequests.presence) as { follow: string; member?: { data: unknown } }[]
  ).map(({ follow, member }) => (member ? [follow, member.data] : [follow]));
}

const keys = () =>
  opened.flatMap((transport) =>
    (transport.sent(clientRequests.presence) as { member?: { key: string } }[]).flatMap(
      ({ member }) => member?.key ?? [],
    ),
  );

beforeEach(() => {
  vi.useFakeTimers();
  opened.length = 0;
  client = createClient();
});

afterEach(async () => {
  await client.close();
  vi.useRealTimers();
});

describe('the presence in a room', () => {
  it('is asked for once the room is joined, and shows who is there', async () => {
    const presence = followPresence(client, event, { data: { timestamp: '1' } });
    expect(presence).toMatchObject({ room, view: { status: 'joining', members: [], count: 0 } });
    const heard = vi.fn();
    presence.watchView(heard);
    const transport = await connect();
    expect(asked(transport)).toEqual([['members', { timestamp: '1' }]]);
    transport.lastRequest().accept({ id: 'me' });
    await vi.advanceTimersByTimeAsync(0);
    transport.receive(frame({ all: [member('a'), member('me')], count: 2 }));
    expect(presence.view).toEqual({
      ...{ status: 'joined', count: 2, selfId: 'me', error: null },
      members: [member('a'), member('me')],
    });
    expect(heard).toHaveBeenLastCalledWith(presence.view);
  });

  it('knows who it is before it sees who is there, also where both arrive at once', async () => {
    const presence = followPresence(client, event, { data: { timestamp: '1' } });
    const selves: unknown[] = [];
    presence.watchView(({ status, selfId }) => status === 'joined' && selves.push(selfId));
    const transport = await connect();
    transport.lastRequest().accept({ id: 'me' });
    transport.receive(frame({ all: [member('me')], count: 1 }));
    expect(selves).toEqual(['me']);
  });

  it('follows the changes, and is the same object while there are none', async () => {
    const presence = followPresence(client, event);
    const transport = await connect();
    transport.lastRequest().accept({ id: null });
    transport.receive(frame({ all: [member('a'), member('b')], count: 2 }));
    transport.receive(frame({ entered: [member('c'), member('a', 7)], left: ['b'], count: 9 }));
    const { view } = presence;
    expect(view).toMatchObject({ members: [member('a', 7), member('c')], count: 9 });
    transport.receive(frame({ room: 'event-43', all: [], count: 0 }));
    expect(presence.view).toBe(view);
    transport.receive(frame({ all: [], count: 0 }));
    expect(presence.view).toMatchObject({ members: [], count: 0 });
  });

  it('is asked for again after a reconnect, with the same key, and keeps what it showed meanwhile', async () => {
    const presence = followPresence(client, event, { data: { timestamp: '1' } });
    const first = await connect();
    first.lastRequest().accept({ id: 'me' });
    first.receive(frame({ all: [member('me')], count: 1 }));
    first.fail(new RoomcastError('CONNECTION_LOST', 'Gone.'));
    expect(presence.view).toMatchObject({ status: 'joining', members: [member('me')] });
    await vi.advanceTimersByTimeAsync(5_000);
    const second = await connect({ ...joined, status: 'resumed' });
    expect(second).not.toBe(first);
    expect(asked(second)).toEqual([['members', { timestamp: '1' }]]);
    expect(new Set(keys()).size).toBe(1);
    expect(keys()).toHaveLength(2);
    second.lastRequest().accept({ id: 'me' });
    second.receive(frame({ all: [member('me'), member('b')], count: 2 }));
    expect(presence.view).toMatchObject({ status: 'joined', count: 2 });
  });

  it('has another key on every client', async () => {
    followPresence(client, event, { data: { timestamp: '1' } });
    await connect();
    await using other = createClient();
    followPresence(other, event, { data: { timestamp: '1' } });
    await connect();
    expect(new Set(keys()).size).toBe(2);
  });

  it('asks for the changes of one turn once, and for nothing that it has', async () => {
    const presence = followPresence(client, event);
    const transport = await connect();
    for (const timestamp of ['1', '2', '3']) presence.enter({ timestamp });
    await vi.advanceTimersByTimeAsync(0);
    presence.enter({ timestamp: '3' });
    await vi.advanceTimersByTimeAsync(0);
    presence.leave();
    await vi.advanceTimersByTimeAsync(0);
    expect(asked(transport)).toEqual([['members'], ['members', { timestamp: '3' }], ['members']]);
  });

  it('is shared by all its uses: the most that one wants, and the last one that is present', async () => {
    const [count, none] = [
      followPresence(client, event, { follow: 'count', data: { timestamp: '1' } }),
      followPresence(client, event, { follow: 'none', data: { timestamp: '2' } }),
    ];
    const transport = await connect();
    count.enter({ timestamp: '3' });
    await vi.advanceTimersByTimeAsync(0);
    count.release();
    await vi.advanceTimersByTimeAsync(0);
    expect(asked(transport)).toEqual([
      ['count', { timestamp: '2' }],
      ['count', { timestamp: '3' }],
      ['none', { timestamp: '2' }],
    ]);
    expect(none.view).toBe(count.view);
  });

  it('survives a remount, and ends a second after its last use, before the room is left', async () => {
    const presence = followPresence(client, event, { data: { timestamp: '1' } });
    const transport = await connect();
    presence.release();
    presence.release();
    await vi.advanceTimersByTimeAsync(999);
    const again = followPresence(client, event, { data: { timestamp: '1' } });
    presence.enter({ timestamp: '2' });
    presence.leave();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(asked(transport)).toEqual([['members', { timestamp: '1' }]]);
    again.release();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked(transport)).toEqual([['members', { timestamp: '1' }], ['none']]);
    expect(transport.sent(clientRequests.leave)).toEqual([]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(transport.sent(clientRequests.leave)).toEqual([[room]]);
  });

  it('is not present as an earlier use was', async () => {
    followPresence(client, event, { data: { timestamp: '1' } }).release();
    followPresence(client, event);
    expect(asked(await connect())).toEqual([['members']]);
  });

  it('is joined at its answer where nothing is followed', async () => {
    const presence = followPresence(client, event, { follow: 'none', data: { timestamp: '1' } });
    const transport = await connect();
    transport.lastRequest().accept({ id: 'me' });
    await vi.advanceTimersByTimeAsync(0);
    expect(presence.view).toMatchObject({ status: 'joined', selfId: 'me', members: [] });
  });
});

describe('a refusal', () => {
  it('of the room is shown, and nobody is there any more', async () => {
    const presence = followPresence(client, event, { data: { timestamp: '1' } });
    const transport = await connect();
    transport.lastRequest().accept({ id: 'me' });
    await vi.advanceTimersByTimeAsync(0);
    transport.receive(frame({ all: [member('me')], count: 1 }));
    const error = { code: 'FORBIDDEN', message: 'No more.' };
    transport.receive({ type: 'room', result: { room, status: 'refused', error } });
    expect(presence.view).toMatchObject({
      ...{ status: 'refused', members: [], count: 0, selfId: null },
      error: { code: 'FORBIDDEN' },
    });
  });

  it('of the data is shown, until other data is taken', async () => {
    const presence = followPresence(client, event, { data: { timestamp: '1' } });
    const transport = await connect();
    transport.lastRequest().refuse(new RoomcastError('INVALID_PAYLOAD', 'No.'));
    await vi.advanceTimersByTimeAsync(0);
    expect(presence.view).toMatchObject({ status: 'refused', error: { code: 'INVALID_PAYLOAD' } });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked(transport)).toHaveLength(1);
    presence.enter({ timestamp: '2' });
    await vi.advanceTimersByTimeAsync(0);
    transport.lastRequest().accept({ id: 'me' });
    await vi.advanceTimersByTimeAsync(0);
    transport.receive(frame({ all: [member('me', 2)], count: 1 }));
    expect(presence.view).toMatchObject({ status: 'joined', selfId: 'me', error: null });
  });

  it('is asked for again where there was no answer', async () => {
    followPresence(client, event);
    const transport = await connect();
    await vi.advanceTimersByTimeAsync(11_000);
    expect(asked(transport)).toEqual([['members'], ['members']]);
    transport.lastRequest().refuse(new RoomcastError('TOKEN_EXPIRED', 'Not now.'));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked(transport)).toEqual([['members'], ['members'], ['members']]);
  });

  it.each(['INTERNAL', 'RATE_LIMITED'] as const)(
    'for a moment (%s) is no refusal',
    async (code) => {
      const presence = followPresence(client, event);
      const transport = await connect();
      transport.lastRequest().refuse(new RoomcastError(code, 'Later.', { retryAfterMs: 3_000 }));
      await vi.advanceTimersByTimeAsync(2_999);
      expect(presence.view).toMatchObject({ status: 'joining', error: null });
      expect(asked(transport)).toHaveLength(1);
      await vi.advanceTimersByTimeAsync(1);
      expect(asked(transport)).toEqual([['members'], ['members']]);
    },
  );

  it('of an answer that a later request has overtaken is not heard', async () => {
    const presence = followPresence(client, event, { data: { timestamp: '1' } });
    const transport = await connect();
    const first = transport.lastRequest();
    presence.enter({ timestamp: '2' });
    await vi.advanceTimersByTimeAsync(0);
    first.refuse(new RoomcastError('INVALID_PAYLOAD', 'No.'));
    await vi.advanceTimersByTimeAsync(0);
    expect(presence.view).toMatchObject({ status: 'joining', error: null });
  });
});

it('knows its types from the contract', () => {
  // @ts-expect-error: the contract gives this kind of room no presence
  followPresence(client, ['news']).release();
  // @ts-expect-error: not what a member tells of itself
  const presence = followPresence(client, event, { data: { timestamp: 7 } });
  const at: string | undefined = presence.view.members[0]?.data.timestamp;
  expect(at).toBeUndefined();
});
