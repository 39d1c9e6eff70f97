import { type Position, RoomcastError, type RoomRequest } from '@roomcast/realtime-contract';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeBroker, type FakeBroker } from '../fakes/fakeBroker.ts';
import { createFakeConnection, type FakeConnection } from '../fakes/fakeConnection.ts';
import { createFakeMembership, type FakeMembership } from '../fakes/fakeMembership.ts';
import type { Session } from '../session/session.ts';
import { type JoinOutcome, joinRooms } from './joinRooms.ts';
import type { AuthoriseRooms } from './roomAuthoriser.ts';
import { RoomFollower } from './roomFollower.ts';

let broker: FakeBroker;
let membership: FakeMembership;
let connection: FakeConnection;
let session: Session;
let follower: RoomFollower;
/** What the session was sent live, as a member. */
let live: unknown[];

const admitAll: AuthoriseRooms = async (_, names) => names.map((name) => ({ name }));
const start: Position = { epoch: 'epoch-1', offset: 0, revision: 0 };

beforeEach(() => {
  broker = createFakeBroker();
  membership = createFakeMembership();
  connection = createFakeConnection(membership);
  session = {
    ...{ id: connection.id, user: null, dialect: 'framed', connection },
    login: () => {},
  };
  live = [];
  follower = new RoomFollower(broker, membership, {
    onPublication: ({ room, payload }) => {
      if (connection.isIn(room)) live.push(payload);
    },
    onGap: () => {},
  });
});

function join(requests: readonly RoomRequest[], authoriseRooms: AuthoriseRooms = admitAll) {
  const outcomes: JoinOutcome[] = [];
  const context = { authoriseRooms, broker, follower };
  const done = joinRooms(context, session, requests, (outcome) => outcomes.push(outcome));
  return { done, outcomes };
}

/** Lets the join come as far as the broker. */
const turn = () => new Promise((resolve) => setImmediate(resolve));
const payloadsOf = (outcome: JoinOutcome | undefined) =>
  outcome?.replay.map(({ payload }) => payload);

describe('joinRooms', () => {
  it('makes the session a member and says where the room stands', async () => {
    broker.settleAlways();
    broker.emit('event-1', 'before');
    const { done, outcomes } = join([{ room: 'event-1' }, { room: 'event-2' }]);
    await done;
    expect([...connection.rooms]).toEqual(['event-1', 'event-2']);
    expect(outcomes).toEqual([
      {
        results: [
          { room: 'event-1', status: 'fresh', position: { ...start, offset: 1 } },
          { room: 'event-2', status: 'fresh', position: start },
        ],
        replay: [],
      },
    ]);
  });

  it('answers once the session is a member, and in the same turn', async () => {
    broker.settleAlways();
    const wasMember: boolean[] = [];
    await joinRooms(
      { authoriseRooms: admitAll, broker, follower },
      session,
      [{ room: 'event-1' }],
      () => wasMember.push(connection.isIn('event-1')),
    );
    expect(wasMember).toEqual([true]);
  });

  it('delivers once what was published between following and reading', async () => {
    const { done, outcomes } = join([{ room: 'event-1', position: start }]);
    await turn();
    await broker.settle('subscribe event-1');
    broker.emit('event-1', 'between');
    await broker.settle('read event-1');
    await done;
    expect(outcomes[0]?.results).toMatchObject([{ status: 'resumed', position: { offset: 1 } }]);
    expect(payloadsOf(outcomes[0])).toEqual(['between']);
    expect(live).toEqual([]);
  });

  it('delivers once what was published between reading and joining', async () => {
    const { done, outcomes } = join([{ room: 'event-1', position: start }, { room: 'event-2' }]);
    await turn();
    await broker.settle('subscribe event-1');
    await broker.settle('subscribe event-2');
    broker.emit('event-1', 'first');
    await broker.settle('read event-1');
    broker.emit('event-1', 'second');
    broker.emit('event-2', 'other');
    broker.emit('event-1', 'volatile', 'volatile');
    await broker.settle('read event-2');
    await done;
    expect(payloadsOf(outcomes[0])).toEqual(['first', 'second']);
    expect(live).toEqual([]);
    broker.emit('event-1', 'third');
    expect(live).toEqual(['third']);
  });

  it('sends a session that is in the room already nothing twice', async () => {
    broker.settleAlways();
    await join([{ room: 'event-1' }]).done;
    const { read } = broker;
    broker.read = async (...args) => {
      const result = await read(...args);
      broker.emit('event-1', 'while reading');
      return result;
    };
    const { done, outcomes } = join([{ room: 'event-1' }]);
    await done;
    expect(live).toEqual(['while reading']);
    expect(payloadsOf(outcomes[0])).toEqual([]);
  });

  it('replays what a returning client missed', async () => {
    broker.settleAlways();
    for (const payload of ['one', 'two', 'three']) broker.emit('event-1', payload);
    const { done, outcomes } = join([{ room: 'event-1', position: { ...start, offset: 1 } }]);
    await done;
    expect(payloadsOf(outcomes[0])).toEqual(['two', 'three']);
  });

  it('says that the log has a hole, and joins', async () => {
    broker.settleAlways();
    const lost = { ...start, epoch: 'another life' };
    const { done, outcomes } = join([{ room: 'event-1', position: lost }]);
    await done;
    expect(outcomes[0]?.results).toEqual([
      { room: 'event-1', status: 'gap', reason: 'epoch-changed', position: start },
    ]);
    expect(connection.isIn('event-1')).toBe(true);
  });

  it('says that too much was missed, where the replay would break off', async () => {
    broker.settleAlways();
    for (let index = 0; index < 302; index += 1) broker.emit('event-1', String(index));
    const within = join([{ room: 'event-1', position: { ...start, offset: 2 } }]);
    await within.done;
    expect(within.outcomes[0]?.results).toMatchObject([{ status: 'resumed' }]);
    expect(within.outcomes[0]?.replay).toHaveLength(300);

    const beyond = join([{ room: 'event-1', position: { ...start, offset: 1 } }]);
    await beyond.done;
    expect(beyond.outcomes[0]).toMatchObject({
      results: [{ status: 'gap', reason: 'limit', missed: 301, position: { offset: 302 } }],
      replay: [],
    });
  });

  it('refuses what is not authorised, asks the log nothing about it, and joins the rest', async () => {
    broker.settleAlways();
    const refusal = new RoomcastError('FORBIDDEN', 'Not for you.');
    const { done, outcomes } = join([{ room: 'staff' }, { room: 'event-1' }], async (_, names) =>
      names.map((name) => (name === 'staff' ? { name, refusal } : { name })),
    );
    await done;
    expect(outcomes[0]?.results).toMatchObject([
      { room: 'staff', status: 'refused', error: { code: 'FORBIDDEN', message: refusal.message } },
      { room: 'event-1', status: 'fresh' },
    ]);
    expect([...connection.rooms]).toEqual(['event-1']);
    expect(broker.followed).toEqual(['event-1']);
  });

  it('refuses a room that cannot be followed, and joins the rest', async () => {
    const { done, outcomes } = join([{ room: 'event-1' }, { room: 'event-2' }]);
    await turn();
    await broker.settle('subscribe event-1', new Error('secret detail of the log'));
    await broker.settle('subscribe event-2');
    await broker.settle('read event-2');
    await done;
    expect(outcomes[0]?.results).toMatchObject([
      { room: 'event-1', status: 'refused', error: { code: 'INTERNAL' } },
      { room: 'event-2', status: 'fresh' },
    ]);
    expect(JSON.stringify(outcomes)).not.toContain('secret');
    expect(follower.size).toBe(1);
  });

  it('leaves nothing followed when the log cannot be read', async () => {
    const { done, outcomes } = join([{ room: 'event-1' }]);
    await turn();
    await broker.settle('subscribe event-1');
    await broker.settle('read event-1', new Error('down'));
    await done;
    expect(outcomes[0]?.results).toMatchObject([{ status: 'refused' }]);
    expect(follower.size).toBe(0);
    await vi.waitFor(() => expect(broker.followed).toEqual([]));
  });

  it.each(['subscribe', 'read'])(
    'leaves nothing followed and answers nothing when the session goes during %s',
    async (step) => {
      const { done, outcomes } = join([{ room: 'event-1' }]);
      await turn();
      if (step === 'read') await broker.settle('subscribe event-1');
      connection.disconnect();
      broker.settleAlways();
      await done;
      expect(outcomes).toEqual([]);
      expect(membership.rooms()).toEqual([]);
      expect(follower.size).toBe(0);
      await vi.waitFor(() => expect(broker.followed).toEqual([]));
    },
  );

  it('leaves nothing followed when the answer cannot be given', async () => {
    broker.settleAlways();
    const context = { authoriseRooms: admitAll, broker, follower };
    const done = joinRooms(context, session, [{ room: 'event-1' }], () => {
      throw new Error('no answer');
    });
    await expect(done).rejects.toThrow('no answer');
    connection.disconnect();
    expect(follower.size).toBe(0);
  });

  it('lets a session be in 1,000 rooms and no more', async () => {
    broker.settleAlways();
    const requests = Array.from({ length: 1_000 }, (_, index) => ({ room: `event-${index}` }));
    await join(requests).done;
    await expect(join([{ room: 'event-x' }]).done).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
    });
    expect(connection.rooms.size).toBe(1_000);
    connection.leave('event-0');
    await join([{ room: 'event-x' }]).done;
    expect(connection.isIn('event-x')).toBe(true);
  });
});
