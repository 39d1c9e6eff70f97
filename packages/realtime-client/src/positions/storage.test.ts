import { clientRequests, type RoomResult } from '@roomcast/realtime-contract';
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
const at = (offset: number, epoch = 'e1') => ({ epoch, offset, revision: 0 });
const fresh = (room: string, offset: number): RoomResult => ({
  ...{ room, status: 'fresh', position: at(offset) },
});

/** A storage as a browser has it, with what was done to it. */
function createArea(entries: Record<string, string> = {}) {
  const items = new Map(Object.entries(entries));
  return {
    items,
    getItem: vi.fn((key: string) => items.get(key) ?? null),
    setItem: vi.fn((key: string, value: string) => void items.set(key, value)),
    removeItem: vi.fn((key: string) => void items.delete(key)),
  };
}

type Area = ReturnType<typeof createArea>;
type Options = Parameters<typeof createFakeClient>[0];

const key = 'roomcast:["1","http://127.0.0.1:9","/","alice"]';
const known = (room: string, position: unknown, atMs: unknown = 1_000_000) => ({
  ...{ room, position, atMs },
});
const stored = (...list: unknown[]) => ({ [key]: JSON.stringify(list) });
const listIn = (area: Area): unknown => JSON.parse(area.items.get(key) ?? 'null');

function open(area: Area, options: Options = {}) {
  return createFakeClient({ storage: { area, user: 'alice' }, ...options });
}

/** The client of a page that was in the room `event-42`, at the offset 5. */
async function openPage(area: Area, user: string | null = 'alice') {
  const fake = open(area);
  const room = fake.client.subscribe('event', { eventId: '42' });
  await fake.connect([fresh('event-42', 5)], user);
  return { ...fake, room };
}

describe('a reload', () => {
  it('resumes every room that the page asks for again, at once or later', async () => {
    const area = createArea();
    const before = await openPage(area);
    before.client.subscribe('event', { eventId: '43' });
    await settled();
    before
      .transport()
      .lastRequest()
      .accept([fresh('event-43', 8)]);
    before.transport().publish(publicationOf('event-42', 6));
    await settled();

    const after = open(area);
    after.client.subscribe('event', { eventId: '42' });
    const resumed = { ...fresh('event-42', 6), status: 'resumed' } as RoomResult;
    const transport = await after.connect([resumed], 'alice');
    expect(transport.rooms).toEqual([{ room: 'event-42', position: at(6) }]);
    expect(after.heard).toEqual(['42: resumed']);
    after.client.subscribe('event', { eventId: '43' });
    await settled();
    expect(transport.sent(clientRequests.join)).toEqual([[{ room: 'event-43', position: at(8) }]]);
  });

  it('also resumes the rooms of the user, which nobody asks for', async () => {
    const area = createArea();
    const before = open(area);
    await before.connect([fresh('user-alice', 3), fresh('global', 4)], 'alice');
    const after = open(area);
    const transport = await after.connect([], 'alice');
    expect(transport.rooms).toEqual([
      { room: 'user-alice', position: at(3) },
      { room: 'global', position: at(4) },
    ]);
  });

  it('names no session: a tab with a copy of the storage must not end the other', async () => {
    const area = createArea();
    const before = await openPage(area);
    expect(before.client.state).toMatchObject({ sessionId: 'session-1' });
    expect([...area.items.values()].join()).not.toContain('session-1');
    const after = open(area);
    const transport = await after.connect([], 'alice');
    expect(transport.handshake).not.toHaveProperty('session');
  });

  it('after a room was left still knows it', async () => {
    const area = createArea();
    const { room } = await openPage(area);
    room.release();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(listIn(area)).toEqual([known('event-42', at(5), 1_001_000)]);
  });
});

describe('positions', () => {
  it('are written once per turn, when the handlers have run', async () => {
    const area = createArea();
    const { client, transport } = await openPage(area);
    area.setItem.mockClear();
    const writesAtHandler: number[] = [];
    client.on('ticket-purchased', () => writesAtHandler.push(area.setItem.mock.calls.length));
    transport().publish(publicationOf('event-42', 6), publicationOf('event-42', 7));
    transport().publish(publicationOf('event-42', 8));
    await settled();
    expect(writesAtHandler).toEqual([0, 0, 0]);
    expect(area.setItem).toHaveBeenCalledOnce();
    expect(listIn(area)).toEqual([known('event-42', at(8))]);
  });

  it('are written for one contract, server and user', async () => {
    const area = createArea();
    await openPage(area);
    expect([...area.items.keys()]).toEqual([key]);
    const elsewhere = open(area, { namespace: '/shop', storage: { area, user: null } });
    await elsewhere.connect([fresh('global', 1)], null);
    elsewhere.client.subscribe('event', { eventId: '42' });
    await settled();
    elsewhere
      .transport()
      .lastRequest()
      .accept([fresh('event-42', 1)]);
    await settled();
    expect([...area.items.keys()].at(-1)).toBe('roomcast:["1","http://127.0.0.1:9","/shop",null]');
  });

  it('are gone from the storage with the last room', async () => {
    const area = createArea();
    const { transport } = await openPage(area);
    const error = { code: 'FORBIDDEN', message: 'No.' };
    transport().receive({ type: 'room', result: { room: 'event-42', status: 'refused', error } });
    await settled();
    expect([...area.items]).toEqual([]);
  });

  it('stay in the storage when the client is closed, in a handler as well', async () => {
    const area = createArea();
    const { client, transport } = await openPage(area);
    client.on('ticket-purchased', () => void client.close());
    transport().publish(publicationOf('event-42', 6));
    await settled();
    expect(listIn(area)).toEqual([known('event-42', at(5))]);
  });

  it('stay in the storage when the client is closed behind an event', async () => {
    const area = createArea();
    const { client, transport } = await openPage(area);
    transport().publish(publicationOf('event-42', 6));
    await client.close();
    expect(listIn(area)).toEqual([known('event-42', at(5))]);
  });

  it('are not read before they are needed', async () => {
    const area = createArea(stored(known('event-42', at(5))));
    const { client } = open(area, { autoConnect: false });
    client.watchState(() => {});
    expect(area.getItem).not.toHaveBeenCalled();
    client.subscribe('event', { eventId: '42' });
    expect(area.getItem).toHaveBeenCalledOnce();
    await client.close();
  });
});

describe('what is found in a storage', () => {
  it.each([
    ['garbage', 'no JSON'],
    ['null', 'null'],
    ['an object', '{"length":1}'],
    ['no list of positions', '[null,7,"event-42",[]]'],
  ])('is ignored where it is %s', async (_, text) => {
    const fake = open(createArea({ [key]: text }));
    fake.client.subscribe('event', { eventId: '42' });
    await settled();
    expect(fake.transport().rooms).toEqual([{ room: 'event-42' }]);
    expect(fake.onError).not.toHaveBeenCalled();
  });

  it.each([
    ['position', known('event-42', { ...at(5), offset: -1 })],
    ['position', known('event-42', { ...at(5), epoch: 'x'.repeat(65) })],
    ['position', known('event-42', null)],
    ['room', { position: at(5), atMs: 1_000_000 }],
    ['time', known('event-42', at(5), '1000000')],
    ['time: too old', known('event-42', at(5), 1_000_000 - 120_001)],
    ['time: in the future', known('event-42', at(5), 1_000_001)],
  ])('is never sent with a bad %s, and the others are', async (_, bad) => {
    const fake = open(createArea(stored(bad, known('event-43', at(7)))));
    for (const eventId of ['42', '43']) fake.client.subscribe('event', { eventId });
    await settled();
    expect(fake.transport().rooms).toEqual([
      { room: 'event-42' },
      { room: 'event-43', position: at(7) },
    ]);
    expect(fake.onError).not.toHaveBeenCalled();
  });
});

describe('a storage that throws', () => {
  it.each(['getItem', 'setItem'] as const)(
    'in `%s` is reported once, and hurts nothing',
    async (name) => {
      const area = createArea();
      const failure = new Error('QuotaExceededError');
      area[name].mockImplementation(() => {
        throw failure;
      });
      const { transport, heard, onError } = await openPage(area);
      transport().publish(publicationOf('event-42', 6));
      await settled();
      transport().publish(publicationOf('event-42', 7));
      await settled();
      expect(heard).toEqual(['42: fresh', '42: reliable 6', '42: reliable 7']);
      expect(onError.mock.calls).toEqual([[failure, 'storage']]);
    },
  );
});

describe('the storage of another user', () => {
  it('is neither used nor written, though the handshake named its positions', async () => {
    const area = createArea(stored(known('event-42', at(5)), known('user-alice', at(1))));
    const fake = open(area);
    fake.client.subscribe('event', { eventId: '42' });
    const resumed = { ...fresh('event-42', 6), status: 'resumed' } as RoomResult;
    const refused = {
      room: 'user-alice',
      status: 'refused',
      error: { code: 'FORBIDDEN', message: '' },
    };
    const transport = await fake.connect([resumed, refused as RoomResult], 'bob');
    expect(transport.rooms).toHaveLength(2);
    expect(transport.sent(clientRequests.join)).toEqual([[{ room: 'event-42' }]]);
    transport.lastRequest().accept([fresh('event-42', 6)]);
    transport.publish(publicationOf('event-42', 7));
    await settled();
    expect(fake.heard).toEqual(['42: fresh', '42: reliable 7']);
    expect(area.setItem).not.toHaveBeenCalled();
    expect(area.removeItem).not.toHaveBeenCalled();
  });

  it('is written again when its user is back', async () => {
    const area = createArea();
    const { client, connect } = await openPage(area, 'bob');
    client.disconnect();
    client.connect();
    const next = await connect([], 'alice');
    next.lastRequest().accept([fresh('event-42', 9)]);
    await settled();
    expect(listIn(area)).toEqual([known('event-42', at(9))]);
  });
});
