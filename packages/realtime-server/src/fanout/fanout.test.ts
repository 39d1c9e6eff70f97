import type { Publication } from '@roomcast/realtime-contract';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Dialect } from '../dialects/dialect.ts';
import { createFakeConnection, type FakeConnection } from '../fakes/fakeConnection.ts';
import { createFakeMembership, type FakeMembership } from '../fakes/fakeMembership.ts';
import type { DialectName, Session } from '../session/session.ts';
import { Fanout } from './fanout.ts';

let membership: FakeMembership;
let fanout: Fanout;
let sessions: Map<string, Session>;
let dialects: Record<DialectName, Dialect>;

const publication: Publication = {
  ...{ room: 'event-1', event: 'posted', payload: 'hello', delivery: 'reliable' },
  ...{ position: { epoch: 'one', offset: 1, revision: 0 }, publishedAtMs: 0 },
};

function fakeDialect(name: string): Dialect {
  return {
    encode: vi.fn(({ payload }: Publication) => [`${name}: ${payload}`]),
    tellRoom: vi.fn(),
    start: async () => {},
    handles: () => false,
    handle: async () => null,
  };
}

function join(id: string, dialect: DialectName, ...rooms: readonly string[]): FakeConnection {
  const connection = createFakeConnection(membership, id);
  sessions.set(id, { id, user: null, dialect, connection, login: () => {} });
  for (const room of rooms) connection.join(room);
  return connection;
}

beforeEach(() => {
  membership = createFakeMembership();
  sessions = new Map();
  dialects = {
    plain: fakeDialect('plain'),
    'plain-compressed': fakeDialect('plain-compressed'),
    framed: fakeDialect('framed'),
  };
  fanout = new Fanout(membership, dialects, (id) => sessions.get(id));
});

describe('Fanout', () => {
  it('writes to the members of the room and to nobody else, each in their dialect', () => {
    const alice = join('alice', 'framed', 'event-1');
    const bob = join('bob', 'plain', 'event-1', 'event-2');
    const carol = join('carol', 'plain', 'event-2');
    fanout.onPublication(publication);
    expect(alice.written).toEqual([['framed: hello']]);
    expect(bob.written).toEqual([['plain: hello']]);
    expect(carol.written).toEqual([]);
  });

  it('encodes once for each dialect, however many members there are', () => {
    const members = ['a', 'b', 'c'].map((id) => join(id, 'framed', 'event-1'));
    fanout.onPublication(publication);
    expect(dialects.framed.encode).toHaveBeenCalledOnce();
    expect(dialects.plain.encode).not.toHaveBeenCalled();
    expect(members.map(({ written }) => written.length)).toEqual([1, 1, 1]);
  });

  it('passes over a member that has no session any more', () => {
    const alice = join('alice', 'framed', 'event-1');
    const bob = join('bob', 'framed', 'event-1');
    sessions.delete('alice');
    fanout.onPublication(publication);
    expect(alice.written).toEqual([]);
    expect(bob.written).toHaveLength(1);
  });

  it('tells the members of a room that its log broke', () => {
    join('alice', 'framed', 'event-1');
    join('bob', 'plain', 'event-2');
    const position = { epoch: 'two', offset: 0, revision: 0 };
    fanout.onGap('event-1', 'epoch-changed', position);
    expect(dialects.framed.tellRoom).toHaveBeenCalledExactlyOnceWith(sessions.get('alice'), {
      ...{ room: 'event-1', status: 'gap', reason: 'epoch-changed', position },
    });
    expect(dialects.plain.tellRoom).not.toHaveBeenCalled();
  });
});
