import { createMemoryPresenceStore, type PresenceStore } from '@roomcast/realtime-broker';
import {
  encodeFrame,
  type PresenceInterest,
  RoomcastError,
  systemClock,
} from '@roomcast/realtime-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeSession, type FakeSession } from '../fakes/createFakeSession.ts';
import { createTestContract } from '../fakes/createTestContract.ts';
import { createFakeConnection } from '../fakes/fakeConnection.ts';
import { createFakeMembership } from '../fakes/fakeMembership.ts';
import { tellFrames } from '../fakes/tellFrames.ts';
import { memberId } from './memberId.ts';
import { Presence } from './presence.ts';

const room = 'event-1';
const contract = createTestContract();
const report = vi.fn();
let store: PresenceStore;
let presence: Presence;
let connections: number;

beforeEach(() => {
  vi.useFakeTimers();
  report.mockReset();
  connections = 0;
  use(createMemoryPresenceStore());
});

afterEach(() => {
  presence.close();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

function use(next: PresenceStore): void {
  store = next;
  presence = new Presence({
    ...{ contract, store, clock: systemClock, report, graceMs: 5_000, windowMs: 100 },
    timeoutMs: 1_000,
    encode: (frame) => [encodeFrame(frame)],
  });
}

/** A session in the room, with a connection of its own. */
function connect(userId: string | null = null): FakeSession {
  connections += 1;
  const connection = createFakeConnection(createFakeMembership(), `c-${connections}`);
  connection.join([room]);
  connection.onClose((reason) => presence.ended(session, reason));
  const session = createFakeSession({ connection, user: userId === null ? null : { id: userId } });
  return session;
}

interface Wish {
  readonly follow?: PresenceInterest;
  readonly data?: unknown;
  readonly key?: string;
  readonly room?: string;
}

/** Is present with data, unless there are none. */
async function set(
  session: FakeSession,
  { data, key = 'k', ...wish }: Wish,
): Promise<string | null> {
  let id: string | null = 'no answer';
  const request = { room, follow: 'none' as const, ...wish };
  const member = data === undefined ? {} : { member: { key, data } };
  await presence.set(session, { ...request, ...member }, (answer) => {
    id = answer.id;
  });
  return id;
}

const follow = (session: FakeSession, interest: PresenceInterest = 'members') =>
  set(session, { follow: interest });

/** What a session was told since it was asked the last time, with the names of users for ids. */
function told({ connection }: FakeSession): string[] {
  let text = tellFrames({ written: connection.written.slice(read.get(connection) ?? 0) }).join(
    '; ',
  );
  read.set(connection, connection.written.length);
  for (const name of ['alice', 'bob', 'carol'])
    text = text.replaceAll(memberId(room, name, 'k'), name);
  return text === '' ? [] : text.split('; ');
}
const read = new WeakMap<object, number>();

const present = async () =>
  (await store.read(room)).members.map(({ userId, data }) => `${userId} ${data}`);

describe('presence', () => {
  it('puts a session into the room under an id that nobody can make without its key', async () => {
    const id = await set(connect('alice'), { data: 'hello' });
    expect(id).toBe(memberId(room, 'alice', 'k'));
    expect(await store.read(room)).toEqual({
      members: [{ id, userId: 'alice', data: 'hello' }],
      count: 1,
    });
    const others = [
      memberId(room, 'alice', 'k-2'),
      memberId(room, null, 'k'),
      memberId('event-2', 'alice', 'k'),
    ];
    expect(others).not.toContain(id);
  });

  it('tells who is there, then changes, gathered', async () => {
    const [alice, bob, carol] = [connect('alice'), connect('bob'), connect('carol')];
    await set(alice, { data: 'a', follow: 'members' });
    expect(told(alice)).toEqual([]);
    await vi.advanceTimersByTimeAsync(100);
    expect(told(alice)).toEqual(['event-1: all alice 1']);
    await set(bob, { data: 'b' });
    await set(carol, { data: 'c' });
    await set(carol, { data: 'd' });
    await vi.advanceTimersByTimeAsync(99);
    expect(told(alice)).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(told(alice)).toEqual(['event-1: +bob +carol 3']);
    await set(bob, {});
    await vi.advanceTimersByTimeAsync(100);
    expect(told(alice)).toEqual(['event-1: -bob 2']);
  });

  it('tells nothing of who comes and goes within the window', async () => {
    const [alice, bob] = [connect('alice'), connect('bob')];
    await set(bob, { data: 'b' });
    await follow(alice);
    await vi.advanceTimersByTimeAsync(100);
    told(alice);
    await set(bob, {});
    await set(bob, { data: 'b' });
    await vi.advanceTimersByTimeAsync(100);
    expect(told(alice).filter((line) => line.includes('-bob'))).toEqual([]);
  });

  it('tells only the number to who wants no more', async () => {
    const alice = connect('alice');
    await follow(alice, 'count');
    await vi.advanceTimersByTimeAsync(100);
    await set(connect('bob'), { data: 'b' });
    await vi.advanceTimersByTimeAsync(100);
    expect(told(alice)).toEqual(['event-1: 0', 'event-1: 1']);
    await follow(alice);
    await vi.advanceTimersByTimeAsync(100);
    expect(told(alice)).toEqual(['event-1: all bob 1']);
  });

  it('tells nobody anything who has stopped following, or left the room', async () => {
    const [alice, bob] = [connect('alice'), connect('bob')];
    await follow(alice);
    await follow(bob);
    await vi.advanceTimersByTimeAsync(100);
    await follow(alice, 'none');
    presence.left(bob, room);
    for (const session of [alice, bob]) told(session);
    await set(connect('carol'), { data: 'c' });
    await vi.advanceTimersByTimeAsync(100);
    expect([told(alice), told(bob)]).toEqual([[], []]);
  });

  it.each<[string, Wish, string]>([
    ['a room that it is not in', { room: 'event-2' }, 'FORBIDDEN'],
    ['a kind of room without presence', { room: 'team-1' }, 'INVALID_ROOM'],
    ['no room at all', { room: 'nothing' }, 'INVALID_ROOM'],
    ['data that does not fit the schema', { data: 7 }, 'INVALID_PAYLOAD'],
    ['data that is too large', { data: 'ä'.repeat(512) }, 'INVALID_PAYLOAD'],
  ])('refuses %s', async (_, wish, code) => {
    const alice = connect('alice');
    await expect(set(alice, { follow: 'members', ...wish })).rejects.toMatchObject({ code });
    await vi.advanceTimersByTimeAsync(100);
    expect(told(alice)).toEqual([]);
    expect(await present()).toEqual([]);
  });

  it('refuses data whose schema gives no answer in its time', async () => {
    const schema = contract.rooms.event?.presence;
    if (!schema) throw new Error('The room has no presence.');
    const validate = vi.spyOn(schema['~standard'], 'validate');
    validate.mockReturnValueOnce(new Promise(() => {}));
    const late = expect(set(connect('alice'), { data: 'a' })).rejects.toMatchObject({
      code: 'INTERNAL',
    });
    await vi.advanceTimersByTimeAsync(1_000);
    await late;
    validate.mockRestore();
    expect(await present()).toEqual([]);
  });

  it('takes data of 1,024 bytes', async () => {
    await set(connect('alice'), { data: 'ä'.repeat(511) });
    expect(await present()).toHaveLength(1);
  });

  it('refuses who has left, or whose token is over, while its data was looked at', async () => {
    const [alice, bob] = [connect('alice'), connect('bob')];
    const late = set(alice, { data: 'a' });
    alice.connection.leave(room);
    await expect(late).rejects.toMatchObject({ code: 'FORBIDDEN' });
    bob.isExpired = true;
    await expect(set(bob, { data: 'b' })).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' });
    expect(await present()).toEqual([]);
  });
});

describe('a member', () => {
  it('is gone at once when it leaves the room, or disconnects by its own will', async () => {
    const [alice, bob] = [connect('alice'), connect('bob')];
    await set(alice, { data: 'a' });
    await set(bob, { data: 'b' });
    presence.left(alice, room);
    presence.ended(bob, 'client namespace disconnect');
    expect(await present()).toEqual([]);
  });

  it('stays for the grace when its connection is lost, and no longer', async () => {
    const alice = connect('alice');
    await set(alice, { data: 'a' });
    alice.connection.disconnect();
    await vi.advanceTimersByTimeAsync(4_999);
    expect(await present()).toEqual(['alice a']);
    await vi.advanceTimersByTimeAsync(1);
    expect(await present()).toEqual([]);
  });

  it('does not flap for the others when it is back within the grace', async () => {
    const [bob, alice] = [connect('bob'), connect('alice')];
    await follow(bob);
    await set(alice, { data: 'a' });
    await vi.advanceTimersByTimeAsync(100);
    told(bob);
    alice.connection.disconnect();
    await vi.advanceTimersByTimeAsync(4_000);
    await set(connect('alice'), { data: 'a' });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(told(bob)).toEqual([]);
    expect(await present()).toEqual(['alice a']);
  });

  it('is somebody else under another key', async () => {
    const alice = connect('alice');
    await set(alice, { data: 'a' });
    await set(alice, { data: 'b', key: 'k-2' });
    expect(await present()).toEqual(['alice b']);
  });

  it('is gone from the store when the server closes', async () => {
    const [alice, bob] = [connect('alice'), connect('bob')];
    await set(alice, { data: 'a' });
    await set(bob, { data: 'b' });
    bob.connection.disconnect();
    presence.close();
    expect(await present()).toEqual([]);
  });
});

describe('who was not told for a while', () => {
  it('is told all when much has stopped waiting for its connection', async () => {
    const [slow, quick] = [connect('alice'), connect('bob')];
    for (const session of [slow, quick]) await follow(session);
    await vi.advanceTimersByTimeAsync(100);
    for (const session of [slow, quick]) told(session);
    slow.connection.waitingBytes = 65_537;
    await set(connect('carol'), { data: 'c' });
    await vi.advanceTimersByTimeAsync(2_000);
    expect([told(slow), told(quick)]).toEqual([[], ['event-1: +carol 1']]);
    slow.connection.waitingBytes = 0;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(told(slow)).toEqual(['event-1: all carol 1']);
  });

  it('is told all when another token has come, and nothing before', async () => {
    const alice = connect('alice');
    await follow(alice);
    await vi.advanceTimersByTimeAsync(100);
    told(alice);
    alice.isExpired = true;
    await set(connect('bob'), { data: 'b' });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(told(alice)).toEqual([]);
    alice.isExpired = false;
    presence.resume(alice);
    await vi.advanceTimersByTimeAsync(100);
    expect(told(alice)).toEqual(['event-1: all bob 1']);
  });
});

describe('a store', () => {
  it('that fails is reported, and the session is answered', async () => {
    const failure = new RoomcastError('CONNECTION_FAILED', 'Redis is away.');
    const away = () => Promise.reject(failure);
    use({ ...createFailing(), enter: away, leave: away });
    const alice = connect('alice');
    expect(await set(alice, { data: 'a' })).not.toBeNull();
    await set(alice, {});
    expect(report.mock.calls).toEqual([
      [failure, 'presence'],
      [failure, 'presence'],
    ]);
  });

  it('that throws is reported at each of its doors, and the session is answered', async () => {
    const failure = new Error('a defect of the store');
    const fail = () => {
      throw failure;
    };
    use({ ...createFailing(), enter: fail, leave: fail, watch: fail });
    const alice = connect('alice');
    expect(await set(alice, { data: 'a', follow: 'members' })).not.toBeNull();
    alice.connection.terminate();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(report.mock.calls).toEqual(Array.from({ length: 3 }, () => [failure, 'presence']));
  });

  it('that tells all once more brings only what is new', async () => {
    let tell: Parameters<PresenceStore['watch']>[1] | undefined;
    const watch: PresenceStore['watch'] = (_, listener) => {
      tell = listener;
      return () => {};
    };
    use({ ...createFailing(), watch });
    const alice = connect('alice');
    await follow(alice);
    await vi.advanceTimersByTimeAsync(200);
    expect(told(alice)).toEqual([]);
    const member = (id: string, data = 0) => ({ id, userId: null, data });
    tell?.onState({ members: [member('a'), member('b')], count: 2 });
    await vi.advanceTimersByTimeAsync(100);
    tell?.onState({ members: [member('a', 1), member('c')], count: 5 });
    await vi.advanceTimersByTimeAsync(100);
    tell?.onState({ members: [member('a', 1), member('c')], count: 5 });
    await vi.advanceTimersByTimeAsync(100);
    expect(told(alice)).toEqual(['event-1: all a b 2', 'event-1: +a +c -b 5']);
  });
});

/** A store that nothing is asked of but what the test says. */
function createFailing(): PresenceStore {
  const unexpected = () => Promise.reject(new Error('Not expected.'));
  return {
    ...{ enter: unexpected, leave: unexpected, read: unexpected, occupancy: unexpected },
    ...{ watch: () => () => {}, close: async () => {} },
  };
}
