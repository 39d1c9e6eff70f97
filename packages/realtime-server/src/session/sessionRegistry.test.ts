import { beforeEach, describe, expect, it } from 'vitest';
import { createFakeSession, type FakeSession } from '../fakes/createFakeSession.ts';
import { createFakeConnection } from '../fakes/fakeConnection.ts';
import { createFakeMembership } from '../fakes/fakeMembership.ts';
import { sessionDigest } from './sessionDigest.ts';
import { SessionRegistry } from './sessionRegistry.ts';

let sessions: SessionRegistry;

beforeEach(() => {
  sessions = new SessionRegistry();
});

function add(id: string, userId?: string): FakeSession {
  const connection = createFakeConnection(createFakeMembership(), id);
  const session = createFakeSession({ connection, user: userId ? { id: userId } : null });
  sessions.add(session);
  return session;
}

describe('SessionRegistry', () => {
  it('knows a session by its connection until it is removed', () => {
    const session = add('1');
    expect(sessions.find('1')).toBe(session);
    expect(sessions.size).toBe(1);
    sessions.remove(session);
    expect(sessions.find('1')).toBeUndefined();
    expect(sessions.size).toBe(0);
    expect(sessions.findZombie(sessionDigest(session.secret), null)).toBeUndefined();
  });

  it('finds the sessions of a user, also of one who logged in later, and of nobody else', () => {
    const [first, second] = [add('1', 'alice'), add('2', 'alice')];
    add('3', 'bob');
    const guest = add('4');
    expect(sessions.ofUser('alice')).toEqual([first, second]);
    guest.login({ id: 'alice' });
    expect(sessions.ofUser('alice')).toHaveLength(3);
    expect(sessions.all()).toHaveLength(4);
  });

  it('gives the rest of a session only to its own user, or a guest’s to a guest', () => {
    const [alice, guest] = [add('1', 'alice'), add('2')];
    expect(sessions.findZombie(sessionDigest(alice.secret), 'alice')).toBe(alice);
    expect(sessions.findZombie(sessionDigest(alice.secret), 'bob')).toBeUndefined();
    expect(sessions.findZombie(sessionDigest(alice.secret), null)).toBeUndefined();
    expect(sessions.findZombie(sessionDigest(guest.secret), null)).toBe(guest);
    expect(sessions.findZombie(sessionDigest(guest.secret), 'alice')).toBeUndefined();
    // The id of a connection is no secret.
    expect(sessions.findZombie(sessionDigest('1'), 'alice')).toBeUndefined();
    // Nor is what other nodes see of a session the secret that its client shows.
    expect(sessions.findZombie(alice.secret, 'alice')).toBeUndefined();
    expect(sessions.findZombie('', null)).toBeUndefined();
  });
});
