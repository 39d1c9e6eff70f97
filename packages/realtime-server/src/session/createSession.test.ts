import { type Clock, systemClock } from '@roomcast/realtime-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeConnection } from '../fakes/fakeConnection.ts';
import { createSession, type SessionOptions } from './createSession.ts';
import { Deadlines } from './deadlines.ts';

const now = 1_000_000;
const onExpired = vi.fn();

beforeEach(() => {
  onExpired.mockReset();
  vi.useFakeTimers({ now });
});

afterEach(() => {
  vi.useRealTimers();
});

function create(parts: Partial<SessionOptions> = {}) {
  const connection = createFakeConnection();
  const { clock = systemClock } = parts;
  const deadlines = new Deadlines(clock);
  const session = createSession(connection, {
    ...{ place: { address: null, userId: null } },
    ...{ dialect: 'plain', clock, deadlines, beforeExpiry: () => {}, onExpired },
    ...parts,
  });
  connection.onClose(() => session.end());
  return { connection, session };
}

describe('createSession', () => {
  it('begins as a guest and becomes the user who logs in', () => {
    const { session } = create();
    expect(session.user).toBeNull();
    session.login({ id: 'alice' });
    expect(session.user).toEqual({ id: 'alice' });
  });

  it('has a secret of its own, which is not the id of its connection', () => {
    const secrets = [create(), create()].map(({ session }) => session.secret);
    expect(new Set(secrets).size).toBe(2);
    for (const secret of secrets) expect(secret).toMatch(/^[\w-]{22}$/);
  });

  it('is behind in no room, and wants to have all that it missed unless it says otherwise', () => {
    expect(create().session.lags.size).toBe(0);
    expect(create().session.maxReplay).toBe(Number.POSITIVE_INFINITY);
    expect(create({ maxReplay: 0 }).session.maxReplay).toBe(0);
  });
});

describe('the expiry of a session', () => {
  it('is that of its token, told once', () => {
    const { session, connection } = create();
    session.login({ id: 'alice', expiresAtMs: now + 1_000 });
    vi.advanceTimersByTime(999);
    expect(session.isExpired).toBe(false);
    vi.advanceTimersByTime(1);
    expect(session.isExpired).toBe(true);
    expect(onExpired.mock.calls).toEqual([[session]]);
    expect(connection.isOpen).toBe(true);
  });

  it('is told of when it has happened, so that nothing is delivered meanwhile', () => {
    const seen: boolean[] = [];
    const { session } = create({ onExpired: ({ isExpired }) => seen.push(isExpired) });
    session.login({ id: 'alice', expiresAtMs: now + 1_000 });
    vi.advanceTimersByTime(1_000);
    expect(seen).toEqual([true]);
  });

  it('is that of the newest token', () => {
    const { session } = create();
    session.login({ id: 'alice', expiresAtMs: now + 1_000 });
    session.login({ id: 'alice', expiresAtMs: now + 5_000 });
    vi.advanceTimersByTime(4_749);
    expect(session.isExpired).toBe(false);
    vi.advanceTimersByTime(251);
    expect(session.isExpired).toBe(true);
  });

  it('never comes when the newest token has none', () => {
    const { session } = create();
    session.login({ id: 'alice', expiresAtMs: now + 1_000 });
    session.login({ id: 'alice' });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('lasts until the session is revived, whatever tokens come', () => {
    const { session } = create();
    session.login({ id: 'alice', expiresAtMs: now + 1_000 });
    vi.advanceTimersByTime(1_000);
    session.login({ id: 'alice', expiresAtMs: now + 5_000 });
    expect(session.isExpired).toBe(true);
    session.revive();
    expect(session.isExpired).toBe(false);
    vi.advanceTimersByTime(4_000);
    expect(session.isExpired).toBe(true);
    expect(onExpired).toHaveBeenCalledTimes(2);
  });

  it('lasts on where the token for the revival is over by then', () => {
    const { session } = create();
    session.login({ id: 'alice', expiresAtMs: now + 1_000 });
    vi.advanceTimersByTime(1_000);
    session.login({ id: 'alice', expiresAtMs: now + 2_000 });
    vi.advanceTimersByTime(1_000);
    session.revive();
    expect(session.isExpired).toBe(true);
    expect(onExpired).toHaveBeenCalledOnce();
  });

  it('does not hang on a timer that fired before its time', () => {
    const timers: (() => void)[] = [];
    const clock: Clock = {
      now: () => now,
      schedule: (callback) => {
        timers.push(callback);
        return () => {};
      },
    };
    const { session } = create({ clock });
    session.login({ id: 'alice', expiresAtMs: now });
    timers.pop()?.();
    session.login({ id: 'alice', expiresAtMs: now + 1 });
    // A millisecond early, as timers may be; and while the last expiry lasts, it changes nothing.
    timers.pop()?.();
    session.revive();
    expect(session.isExpired).toBe(false);
    timers.pop()?.();
    expect(session.isExpired).toBe(true);
  });

  it('leaves no timer once the connection is gone', () => {
    const { session, connection } = create();
    session.login({ id: 'alice', expiresAtMs: now + 1_000 });
    connection.disconnect();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('sets no timer for a login or a revival that comes after the end', () => {
    const { session, connection } = create();
    session.login({ id: 'alice', expiresAtMs: now + 1_000 });
    connection.disconnect();
    session.login({ id: 'bob', expiresAtMs: now + 1_000 });
    session.revive();
    expect(vi.getTimerCount()).toBe(0);
    expect(session.user).toMatchObject({ id: 'alice' });
  });
});
