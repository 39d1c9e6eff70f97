import { RoomcastError, systemClock } from '@roomcast/realtime-contract';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeDialects, type FakeDialects } from '../fakes/createFakeDialects.ts';
import { createFakeSession, type FakeSession } from '../fakes/createFakeSession.ts';
import { createFakeConnection } from '../fakes/fakeConnection.ts';
import { createFakeMembership } from '../fakes/fakeMembership.ts';
import type { AuthoriseRooms } from '../rooms/roomAuthoriser.ts';
import { Revocations } from './revocations.ts';
import type { AuthenticatedUser, Session } from './session.ts';
import { SessionControl } from './sessionControl.ts';
import { SessionRegistry } from './sessionRegistry.ts';

const since = { epoch: 'one', offset: 1, revision: 0 };
const forbidden = new RoomcastError('FORBIDDEN', 'Not any more.');
const authoriseRooms = vi.fn<AuthoriseRooms>();
let dialects: FakeDialects;
let sessions: SessionRegistry;
let revocations: Revocations;
let control: SessionControl;
/** What each session was told, and the rooms that it was in then. */
let told: unknown[];
const report = vi.fn();

beforeEach(() => {
  authoriseRooms.mockReset();
  report.mockReset();
  authoriseRooms.mockImplementation(async (_, names) => names.map((name) => ({ name })));
  dialects = createFakeDialects();
  sessions = new SessionRegistry();
  revocations = new Revocations(systemClock, 60_000);
  control = new SessionControl({
    ...{ sessions, revocations, dialects, authoriseRooms, report },
    leave({ connection, lags }, room) {
      connection.leave(room);
      lags.delete(room);
    },
  });
  told = [];
  const note = ({ id, connection }: Session, what: string) =>
    told.push([id, what, connection.rooms()]);
  dialects.framed.tellRoom.mockImplementation((session, result) => {
    const { room, status } = result;
    note(session, `${room}: ${status === 'refused' ? result.error.code : status}`);
  });
});

function connect(id: string, user: AuthenticatedUser | null, ...rooms: string[]): FakeSession {
  const connection = createFakeConnection(createFakeMembership(), id);
  const session = createFakeSession({ connection, user });
  connection.join(rooms);
  sessions.add(session);
  return session;
}

describe('evict', () => {
  it('takes a session out of the room first, and tells it why then', () => {
    const alice = connect('1', { id: 'alice' }, 'team-1', 'team-2');
    alice.lags.set('team-1', { since });
    control.evict(alice, 'team-1', forbidden);
    expect(told).toEqual([['1', 'team-1: FORBIDDEN', ['team-2']]]);
    expect(alice.lags.size).toBe(0);
    expect(alice.connection.isOpen).toBe(true);
  });

  it('says nothing of a room that the session is not in', () => {
    control.evict(connect('1', { id: 'alice' }), 'team-1', forbidden);
    expect(told).toEqual([]);
  });

  it('takes all sessions of a user out of a room, and nobody else', () => {
    const alice = ['1', '2'].map((id) => connect(id, { id: 'alice' }, 'team-1'));
    const bob = connect('3', { id: 'bob' }, 'team-1');
    control.evictUser('team-1', 'alice');
    expect(alice.flatMap(({ connection }) => connection.rooms())).toEqual([]);
    expect(bob.connection.rooms()).toEqual(['team-1']);
    expect(told).toHaveLength(2);
  });

  it('has a join that is under way judged anew', () => {
    const alice = connect('1', { id: 'alice' });
    const bob = connect('2', { id: 'bob' });
    control.evictUser('team-1', 'alice');
    expect([alice.rightsChanges, bob.rightsChanges]).toEqual([1, 0]);
  });
});

describe('end', () => {
  it('takes a session out of every room, tells it why, and closes', () => {
    const alice = connect('1', { id: 'alice' }, 'team-1', 'team-2');
    alice.lags.set('team-1', { since });
    control.end(alice, forbidden);
    expect(alice.connection.written).toEqual([['framed: FORBIDDEN']]);
    expect(alice.connection.rooms()).toEqual([]);
    expect(alice.lags.size).toBe(0);
    expect(alice.connection.isOpen).toBe(false);
    expect(alice.endedWith).toBe('FORBIDDEN');
  });
});

describe('expireToken', () => {
  it('ends the time of the sessions of a token, leaves others, and refuses it from now on', () => {
    const laptop = connect('1', { id: 'alice', tokenId: 't-1' }, 'team-1');
    const others = [connect('2', { id: 'alice', tokenId: 't-2' }), connect('3', null)];
    control.expireToken('t-1');
    expect(laptop.isExpired).toBe(true);
    expect(laptop.connection.isOpen).toBe(true);
    expect(laptop.connection.rooms()).toEqual(['team-1']);
    expect(others.map(({ isExpired }) => isExpired)).toEqual([false, false]);
    expect(() => revocations.assertValid({ id: 'alice', tokenId: 't-1' })).toThrow();
    expect(() => revocations.assertValid({ id: 'alice', tokenId: 't-2' })).not.toThrow();
  });
});

describe('reauthorise', () => {
  it('asks once for all rooms of a session, and takes it out of those that are refused', async () => {
    const alice = connect('1', { id: 'alice' }, 'team-1', 'event-1', 'team-2');
    authoriseRooms.mockImplementation(async (_, names) =>
      names.map((name) => (name === 'team-1' ? { name, refusal: forbidden } : { name })),
    );
    await control.reauthorise(alice);
    expect(authoriseRooms.mock.calls).toEqual([[alice, ['team-1', 'event-1', 'team-2']]]);
    expect(told).toEqual([['1', 'team-1: FORBIDDEN', ['event-1', 'team-2']]]);
  });

  it('says nothing of a room that the session left meanwhile', async () => {
    const alice = connect('1', { id: 'alice' }, 'team-1');
    authoriseRooms.mockImplementation(async (_, names) => {
      alice.connection.leave('team-1');
      return names.map((name) => ({ name, refusal: forbidden }));
    });
    await control.reauthorise(alice);
    expect(told).toEqual([]);
  });

  it('has a join that is under way judged anew, and before `authorise` is asked', async () => {
    const alice = connect('1', { id: 'alice' }, 'team-1');
    const seen: number[] = [];
    authoriseRooms.mockImplementation(async (_, names) => {
      seen.push(alice.rightsChanges);
      return names.map((name) => ({ name }));
    });
    await control.reauthorise(alice);
    expect(seen).toEqual([1]);
  });

  it('judges all sessions of a user, and of nobody else', async () => {
    const alice = ['1', '2'].map((id) => connect(id, { id: 'alice' }, 'team-1'));
    connect('3', { id: 'bob' }, 'team-1');
    await control.reauthoriseUser('alice');
    expect(authoriseRooms.mock.calls.map(([session]) => session)).toEqual(alice);
  });
});

describe('revoke', () => {
  it('ends every session of a user and refuses its tokens from now on', () => {
    const alice = ['1', '2'].map((id) => connect(id, { id: 'alice' }, 'team-1'));
    const others = [connect('3', { id: 'bob' }, 'team-1'), connect('4', null, 'event-1')];
    control.revokeUser('alice');
    expect(alice.map(({ connection }) => connection.isOpen)).toEqual([false, false]);
    expect(others.map(({ connection }) => connection.isOpen)).toEqual([true, true]);
    for (const { connection } of alice) {
      expect(connection.written).toEqual([['framed: TOKEN_REVOKED']]);
      expect(connection.rooms()).toEqual([]);
    }
    expect(() => revocations.assertValid({ id: 'alice', issuedAtMs: 0 })).toThrow();
  });

  it('ends the sessions of a token, leaves others of the user, and refuses it from now on', () => {
    const laptop = connect('1', { id: 'alice', tokenId: 't-1' });
    const phone = connect('2', { id: 'alice', tokenId: 't-2' });
    const other = connect('3', { id: 'alice' });
    connect('4', null);
    control.revokeToken('t-1');
    expect(laptop.connection.isOpen).toBe(false);
    expect([phone.connection.isOpen, other.connection.isOpen]).toEqual([true, true]);
    expect(() => revocations.assertValid({ id: 'alice', tokenId: 't-1' })).toThrow();
    expect(() => revocations.assertValid({ id: 'alice', tokenId: 't-2' })).not.toThrow();
  });
});

describe('many sessions', () => {
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const connectMany = () =>
    Array.from({ length: 250 }, (_, index) => connect(`${index}`, { id: 'alice' }, 'team-1'));
  const toldCount = (all: readonly FakeSession[]) =>
    all.filter(({ connection }) => connection.written.length > 0).length;

  it('are all silent at once, and told one slice a turn', async () => {
    const all = connectMany();
    control.revokeUser('alice');
    expect(all.filter(({ connection }) => connection.isOpen)).toEqual([]);
    expect(all.flatMap(({ connection }) => connection.rooms())).toEqual([]);
    expect(toldCount(all)).toBe(100);
    await turn();
    expect(toldCount(all)).toBe(200);
    await turn();
    const words = new Set(all.map(({ connection }) => connection.written[0]));
    // One message, of which the bytes are made once.
    expect([...words]).toEqual([['framed: TOKEN_REVOKED']]);
    expect(toldCount(all)).toBe(250);
  });

  it('hear nothing more, and are not heard, until it is their turn', async () => {
    const all = connectMany();
    const last = all.at(-1)?.connection;
    const answer = vi.fn();
    last?.onRequest({ answer });
    control.revokeUser('alice');
    last?.write(['payload']);
    last?.request('buy');
    await turn();
    await turn();
    expect(last?.written).toEqual([['framed: TOKEN_REVOKED']]);
    expect(answer).not.toHaveBeenCalled();
  });

  it('are closed one slice a turn, and silent before, when their user is disconnected', async () => {
    const all = connectMany();
    const closed = vi.fn();
    for (const { connection } of all) connection.onClose(closed);
    control.disconnectUser('alice');
    expect(all.filter(({ connection }) => connection.isOpen)).toEqual([]);
    expect(closed).toHaveBeenCalledTimes(100);
    await turn();
    await turn();
    expect(closed).toHaveBeenCalledTimes(250);
  });

  it('are closed although one of them cannot be, of which the reporter hears', async () => {
    const all = connectMany();
    const failure = new Error('No close.');
    vi.spyOn((all[120] as FakeSession).connection, 'close').mockImplementation(() => {
      throw failure;
    });
    control.revokeUser('alice');
    await turn();
    await turn();
    expect(toldCount(all)).toBe(249);
    expect(report.mock.calls).toEqual([[failure, 'close']]);
  });

  it('are judged one slice a turn, and a join that is under way in any of them anew', async () => {
    const all = connectMany();
    const done = control.reauthoriseUser('alice');
    expect(all.map(({ rightsChanges }) => rightsChanges)).toEqual(all.map(() => 1));
    expect(authoriseRooms).toHaveBeenCalledTimes(100);
    await done;
    expect(authoriseRooms).toHaveBeenCalledTimes(250);
  });
});
