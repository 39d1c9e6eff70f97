import type { Publication } from '@roomcast/realtime-contract';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeDialects, type FakeDialects } from '../fakes/createFakeDialects.ts';
import { createFakeSession, type FakeSession } from '../fakes/createFakeSession.ts';
import { createFakeConnection } from '../fakes/fakeConnection.ts';
import { createFakeMembership, type FakeMembership } from '../fakes/fakeMembership.ts';
import type { DialectName } from '../session/session.ts';
import { Fanout } from './fanout.ts';

let membership: FakeMembership;
let fanout: Fanout;
let sessions: Map<string, FakeSession>;
let dialects: FakeDialects;
const pause = vi.fn();

const since = { epoch: 'one', offset: 1, revision: 0 };
const publication: Publication = {
  ...{ room: 'event-1', event: 'posted', payload: 'hello', delivery: 'reliable' },
  ...{ position: since, publishedAtMs: 0 },
};

function join(id: string, dialect: DialectName, ...rooms: readonly string[]): FakeSession {
  const session = createFakeSession({ dialect, connection: createFakeConnection(membership, id) });
  sessions.set(id, session);
  for (const room of rooms) session.connection.join(room);
  return session;
}

const written = (session: FakeSession) => session.connection.written;

beforeEach(() => {
  pause.mockReset();
  membership = createFakeMembership();
  sessions = new Map();
  dialects = createFakeDialects();
  const findSession = (id: string) => sessions.get(id);
  fanout = new Fanout({ membership, dialects, catchUp: { pause }, findSession });
});

describe('Fanout', () => {
  it('writes to the members of the room and to nobody else, each in their dialect', () => {
    const alice = join('alice', 'framed', 'event-1');
    const bob = join('bob', 'plain', 'event-1', 'event-2');
    const carol = join('carol', 'plain', 'event-2');
    fanout.onPublication(publication);
    expect(written(alice)).toEqual([['framed: hello']]);
    expect(written(bob)).toEqual([['plain: hello']]);
    expect(written(carol)).toEqual([]);
  });

  it('encodes once for each dialect, however many members there are', () => {
    const members = ['a', 'b', 'c'].map((id) => join(id, 'framed', 'event-1'));
    fanout.onPublication(publication);
    expect(dialects.framed.encode).toHaveBeenCalledExactlyOnceWith([publication]);
    expect(dialects.plain.encode).not.toHaveBeenCalled();
    expect(members.map((member) => written(member).length)).toEqual([1, 1, 1]);
  });

  it('passes over a member that has no session any more', () => {
    const alice = join('alice', 'framed', 'event-1');
    const bob = join('bob', 'framed', 'event-1');
    sessions.delete('alice');
    fanout.onPublication(publication);
    expect(written(alice)).toEqual([]);
    expect(written(bob)).toHaveLength(1);
  });

  it('passes over a member that is behind, in that room and no other', () => {
    const alice = join('alice', 'framed', 'event-1', 'event-2');
    alice.lags.set('event-1', { since });
    fanout.onPublication(publication);
    fanout.onPublication({ ...publication, room: 'event-2', payload: 'other' });
    expect(written(alice)).toEqual([['framed: other']]);
  });

  it('passes over a member whose token is over, and encodes nothing for it', () => {
    const alice = join('alice', 'framed', 'event-1');
    alice.isExpired = true;
    fanout.onPublication(publication);
    expect(written(alice)).toEqual([]);
    expect(dialects.framed.encode).not.toHaveBeenCalled();
  });

  it('has the members read what the log had for them when it could not be followed', () => {
    const alice = join('alice', 'framed', 'event-1');
    const bob = join('bob', 'plain', 'event-1');
    join('carol', 'plain', 'event-2');
    fanout.onGap('event-1', since);
    expect(pause.mock.calls).toEqual([
      [alice, 'event-1', since],
      [bob, 'event-1', since],
    ]);
  });

  it('leaves those where they are who are behind already, or have no valid token', () => {
    join('alice', 'framed', 'event-1').lags.set('event-1', { since });
    join('bob', 'framed', 'event-1').isExpired = true;
    fanout.onGap('event-1', { ...since, offset: 7 });
    expect(pause).not.toHaveBeenCalled();
  });
});
