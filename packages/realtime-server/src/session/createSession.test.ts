import { systemClock } from '@roomcast/realtime-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeConnection } from '../fakes/fakeConnection.ts';
import { createSession } from './createSession.ts';

const now = 1_000_000;

beforeEach(() => {
  vi.useFakeTimers({ now });
});

afterEach(() => {
  vi.useRealTimers();
});

function create() {
  const connection = createFakeConnection();
  return { connection, session: createSession(connection, 'plain', systemClock) };
}

describe('createSession', () => {
  it('begins as a guest and becomes the user who logs in', () => {
    const { session } = create();
    expect(session.user).toBeNull();
    session.login({ id: 'alice' });
    expect(session.user).toEqual({ id: 'alice' });
  });

  it('ends when the token does', () => {
    const { session, connection } = create();
    session.login({ id: 'alice', expiresAtMs: now + 1_000 });
    vi.advanceTimersByTime(999);
    expect(connection.isOpen).toBe(true);
    vi.advanceTimersByTime(1);
    expect(connection.isOpen).toBe(false);
  });

  it('lives as long as the newest token', () => {
    const { session, connection } = create();
    session.login({ id: 'alice', expiresAtMs: now + 1_000 });
    session.login({ id: 'alice', expiresAtMs: now + 5_000 });
    vi.advanceTimersByTime(4_999);
    expect(connection.isOpen).toBe(true);
    vi.advanceTimersByTime(1);
    expect(connection.isOpen).toBe(false);
  });

  it('lives on when the newest token has no expiry', () => {
    const { session, connection } = create();
    session.login({ id: 'alice', expiresAtMs: now + 1_000 });
    session.login({ id: 'alice' });
    vi.advanceTimersByTime(10_000);
    expect(connection.isOpen).toBe(true);
  });

  it('keeps no timer once the connection is gone', () => {
    const { session, connection } = create();
    session.login({ id: 'alice', expiresAtMs: now + 1_000 });
    connection.disconnect();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('sets no timer for a login that comes after the end', () => {
    const { session, connection } = create();
    connection.disconnect();
    session.login({ id: 'alice', expiresAtMs: now + 1_000 });
    expect(vi.getTimerCount()).toBe(0);
    expect(session.user).toBeNull();
  });
});
