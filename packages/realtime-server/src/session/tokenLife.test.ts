import { type Position, RoomcastError, systemClock } from '@roomcast/realtime-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeDialects, type FakeDialects } from '../fakes/createFakeDialects.ts';
import { createFakeConnection, type FakeConnection } from '../fakes/fakeConnection.ts';
import type { ClientPlaces } from '../limits/clientPlaces.ts';
import type { Authentication } from './createAuthentication.ts';
import { createSession } from './createSession.ts';
import { Deadlines } from './deadlines.ts';
import { Revocations } from './revocations.ts';
import type { Session } from './session.ts';
import { TokenLife } from './tokenLife.ts';

const now = 1_000_000;
const graceMs = 25_000;
const end = vi.fn();
const reauthorise = vi.fn<(session: Session) => Promise<void>>();
const resume = vi.fn<(session: Session) => Promise<void>>();
const loginPlace = vi.fn<ClientPlaces['login']>();
const authenticate = vi.fn<Authentication>();
const positions = new Map<string, Position>();
const at = (offset: number): Position => ({ epoch: 'one', offset, revision: 0 });

let connection: FakeConnection;
let flushed: string[];
let dialects: FakeDialects;
let revocations: Revocations;
let tokens: TokenLife;
let session: Session;

beforeEach(() => {
  vi.useFakeTimers({ now });
  for (const mock of [end, reauthorise, resume, authenticate, loginPlace]) mock.mockReset();
  end.mockImplementation(({ connection: ended }: Session) => ended.close());
  resume.mockResolvedValue();
  positions.clear();
  flushed = [];
  dialects = createFakeDialects();
  revocations = new Revocations(systemClock, 60_000);
  tokens = new TokenLife({
    ...{ authenticate, dialects, revocations, clock: systemClock, graceMs },
    places: { login: loginPlace },
    ...{ control: { end, reauthorise }, catchUp: { resume } },
    // What waits is written to nobody whose token has expired.
    fanout: { flush: (room) => void (session.isExpired || flushed.push(room)) },
    follower: { position: (room) => positions.get(room) ?? null },
  });
  connection = createFakeConnection();
  session = createSession(connection, {
    place: { address: '192.0.2.1', userId: null },
    ...{ dialect: 'framed', clock: systemClock, deadlines: new Deadlines(systemClock) },
    beforeExpiry: (expiring) => tokens.flush(expiring),
    onExpired: (expired) => tokens.expire(expired),
  });
  session.hasBegun = true;
});

afterEach(() => {
  vi.useRealTimers();
});

function login(lifeMs: number, id = 'alice') {
  session.login({ id, expiresAtMs: Date.now() + lifeMs });
}
const nextToken = (lifeMs: number, id = 'alice') =>
  authenticate.mockImplementation(async () => ({ id, expiresAtMs: Date.now() + lifeMs }));
function join(room: string, offset: number) {
  connection.join([room]);
  positions.set(room, at(offset));
}

describe('the end of a token', () => {
  it('ends a session of which the client has not been told', () => {
    session.hasBegun = false;
    login(1_000);
    vi.advanceTimersByTime(1_000);
    const reason = expect.objectContaining({ code: 'TOKEN_EXPIRED' });
    expect(end.mock.calls).toEqual([[session, reason]]);
    expect(dialects.framed.tellExpired).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('stops delivery in every room where it stands, and tells so', () => {
    join('event-1', 7);
    join('event-2', 9);
    session.lags.set('event-2', { since: at(3) });
    login(1_000);
    vi.advanceTimersByTime(1_000);
    expect(session.lags.size).toBe(2);
    expect(session.lags.get('event-2')).toEqual({ since: at(3) });
    expect(session.lags.get('event-1')).toEqual({ since: at(7) });
    // What waits for its batch is before that.
    expect(flushed).toEqual(['event-1', 'event-2']);
    expect(dialects.framed.tellExpired.mock.calls).toEqual([[session, graceMs]]);
    expect(end).not.toHaveBeenCalled();
  });

  it('is that of the session when no other token comes within the grace', () => {
    login(1_000);
    vi.advanceTimersByTime(1_000 + graceMs - 1);
    expect(end).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(end.mock.calls).toEqual([[session, expect.objectContaining({ code: 'TOKEN_EXPIRED' })]]);
  });

  it('leaves no timer once the connection is gone', () => {
    login(1_000);
    vi.advanceTimersByTime(1_000);
    connection.disconnect();
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(graceMs);
    expect(end).not.toHaveBeenCalled();
  });

  it('adds no listener to the connection each time that it comes', async () => {
    login(1_000);
    const count = () => connection.closeListenerCount;
    vi.advanceTimersByTime(1_000);
    const first = count();
    for (let round = 0; round < 20; round += 1) {
      nextToken(1_000);
      await tokens.renew(session, 'token');
      vi.advanceTimersByTime(1_000);
    }
    expect(session.isExpired).toBe(true);
    expect(count()).toBe(first);
    connection.disconnect();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('another token', () => {
  it('gives the session back what it had, and takes the grace away', async () => {
    join('event-1', 7);
    login(1_000);
    vi.advanceTimersByTime(1_000);
    nextToken(60_000);
    const user = await tokens.renew(session, 'token');
    expect(user).toMatchObject({ id: 'alice' });
    expect(session.user).toBe(user);
    expect(session.isExpired).toBe(false);
    expect(resume.mock.calls).toEqual([[session]]);
    // Where it stood when the token ended: from there the log goes on.
    expect(session.lags.get('event-1')).toEqual({ since: at(7) });
    vi.advanceTimersByTime(graceMs);
    expect(end).not.toHaveBeenCalled();
  });

  it('has all rooms authorised once with the new user, before anything is delivered', async () => {
    login(1_000);
    vi.advanceTimersByTime(1_000);
    authenticate.mockResolvedValue({ id: 'alice', claims: { role: 'guest' } });
    const seen: unknown[] = [];
    reauthorise.mockImplementation(async ({ user, isExpired }) => {
      seen.push(user?.claims, isExpired, resume.mock.calls.length);
    });
    await tokens.renew(session, 'token');
    expect(seen).toEqual([{ role: 'guest' }, true, 0]);
    expect(reauthorise).toHaveBeenCalledExactlyOnceWith(session);
  });

  it('has them authorised too where the last one was still valid', async () => {
    login(10_000);
    nextToken(60_000);
    await tokens.renew(session, 'token');
    expect(reauthorise).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(59_999);
    expect(session.isExpired).toBe(false);
    vi.advanceTimersByTime(1);
    expect(session.isExpired).toBe(true);
  });

  it('begins a grace of its own when it ends', async () => {
    login(1_000);
    vi.advanceTimersByTime(1_000);
    nextToken(20_000);
    await tokens.renew(session, 'token');
    vi.advanceTimersByTime(20_000 + graceMs - 1);
    expect(end).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(end).toHaveBeenCalledOnce();
  });

  it('that ends before the rooms are authorised changes nothing', async () => {
    login(1_000);
    vi.advanceTimersByTime(1_000);
    nextToken(100);
    reauthorise.mockImplementation(async () => void (await vi.advanceTimersByTimeAsync(200)));
    await tokens.renew(session, 'token');
    expect(session.isExpired).toBe(true);
    expect(resume).not.toHaveBeenCalled();
    expect(dialects.framed.tellExpired).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(graceMs);
    expect(end).toHaveBeenCalledOnce();
  });

  it('that ends while a valid session is authorised stops it, once', async () => {
    join('event-1', 7);
    login(60_000);
    nextToken(100);
    reauthorise.mockImplementation(async () => void (await vi.advanceTimersByTimeAsync(200)));
    await tokens.renew(session, 'token');
    expect(session.isExpired).toBe(true);
    expect(session.lags.get('event-1')).toEqual({ since: at(7) });
    expect(resume).not.toHaveBeenCalled();
    expect(dialects.framed.tellExpired).toHaveBeenCalledOnce();
  });

  it('makes a user of a guest', async () => {
    nextToken(60_000);
    await tokens.renew(session, 'token');
    expect(session.user).toMatchObject({ id: 'alice' });
    expect(reauthorise).toHaveBeenCalledOnce();
    expect(loginPlace.mock.calls).toEqual([[session.place, 'alice']]);
  });

  it('makes none of a guest whose user has too many connections, nor of one that is gone', async () => {
    nextToken(60_000);
    const full = new RoomcastError('CONNECTION_LIMIT', 'Too many.');
    loginPlace.mockThrowOnce(full);
    await expect(tokens.renew(session, 'token')).rejects.toBe(full);
    expect(session.user).toBeNull();
    connection.disconnect();
    await tokens.renew(session, 'token');
    expect(loginPlace).toHaveBeenCalledOnce();
  });
});

describe('a token that is refused', () => {
  beforeEach(() => {
    login(1_000);
    vi.advanceTimersByTime(1_000);
  });

  async function expectUnchanged(token: unknown, code: string) {
    const { user } = session;
    await expect(tokens.renew(session, token)).rejects.toMatchObject({ code });
    expect(session.user).toBe(user);
    expect(session.isExpired).toBe(true);
    expect(reauthorise).not.toHaveBeenCalled();
    expect(resume).not.toHaveBeenCalled();
    vi.advanceTimersByTime(graceMs);
    expect(end).toHaveBeenCalledOnce();
  }

  it('as one of another user leaves the session as it was', async () => {
    nextToken(60_000, 'bob');
    await expectUnchanged('token', 'FORBIDDEN');
  });

  it('by `authenticate` leaves the session as it was', async () => {
    authenticate.mockRejectedValue(new RoomcastError('AUTHENTICATION_FAILED', 'no'));
    await expectUnchanged('token', 'AUTHENTICATION_FAILED');
  });

  it.each([undefined, null, '', 7, {}, ['token']])('as %j is not looked at', async (token) => {
    await expectUnchanged(token, 'AUTHENTICATION_FAILED');
    expect(authenticate).not.toHaveBeenCalled();
  });

  it('as it was revoked in the moment that it was accepted leaves the session as it was', async () => {
    authenticate.mockImplementation(async () => {
      const user = { id: 'alice', tokenId: 't-2' };
      queueMicrotask(() => revocations.addToken('t-2'));
      return user;
    });
    await expectUnchanged('token', 'TOKEN_REVOKED');
  });
});

it('gives nothing to a session that is gone when its token is accepted', async () => {
  nextToken(60_000);
  authenticate.mockImplementation(async () => {
    connection.disconnect();
    return { id: 'alice', expiresAtMs: now + 60_000 };
  });
  await tokens.renew(session, 'token');
  expect(session.user).toBeNull();
  expect(vi.getTimerCount()).toBe(0);
});
