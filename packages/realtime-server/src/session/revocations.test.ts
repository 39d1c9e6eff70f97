import { systemClock } from '@roomcast/realtime-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Revocations } from './revocations.ts';
import type { AuthenticatedUser } from './session.ts';

const now = 1_000_500;
let revocations: Revocations;

beforeEach(() => {
  vi.useFakeTimers({ now });
  revocations = new Revocations(systemClock, 10_000);
});

afterEach(() => {
  vi.useRealTimers();
});

const check = (user: AuthenticatedUser) => () => revocations.assertValid(user);
const revoked = expect.objectContaining({ code: 'TOKEN_REVOKED' });

describe('Revocations', () => {
  it('refuse nobody without a reason', () => {
    expect(check({ id: 'alice', tokenId: 't-1', issuedAtMs: 0 })).not.toThrow();
    expect(revocations.size).toBe(0);
  });

  it('refuse one token, whoever has it, and no other', () => {
    revocations.addToken('t-1');
    expect(check({ id: 'alice', tokenId: 't-1' })).toThrow(revoked);
    expect(check({ id: 'bob', tokenId: 't-1' })).toThrow(revoked);
    expect(check({ id: 'alice', tokenId: 't-2' })).not.toThrow();
    expect(check({ id: 'alice' })).not.toThrow();
    expect(check({ id: 't-1' })).not.toThrow();
  });

  it('refuse a token whose time they ended, as one that is to be replaced', () => {
    revocations.expireToken('t-1');
    const expired = expect.objectContaining({ code: 'TOKEN_EXPIRED' });
    expect(check({ id: 'alice', tokenId: 't-1' })).toThrow(expired);
    expect(revocations.isRefused({ id: 'alice', tokenId: 't-1' })).toBe(true);
    expect(check({ id: 'alice', tokenId: 't-2' })).not.toThrow();
    expect(check({ id: 'alice' })).not.toThrow();
    revocations.addToken('t-1');
    expect(check({ id: 'alice', tokenId: 't-1' })).toThrow(revoked);
  });

  it('refuse the tokens of a user that were made until then, and none that is made later', () => {
    revocations.addUser('alice');
    expect(check({ id: 'alice', issuedAtMs: now - 5_000 })).toThrow(revoked);
    expect(check({ id: 'alice', issuedAtMs: now })).toThrow(revoked);
    expect(check({ id: 'alice', issuedAtMs: now + 1 })).not.toThrow();
    expect(check({ id: 'bob', issuedAtMs: now - 5_000 })).not.toThrow();
  });

  it('refuse a token of the same second, since a JWT tells no more', () => {
    revocations.addUser('alice');
    expect(check({ id: 'alice', issuedAtMs: 1_000_000 })).toThrow(revoked);
    expect(check({ id: 'alice', issuedAtMs: 1_001_000 })).not.toThrow();
  });

  it('cannot say when a token was made that does not tell', () => {
    revocations.addUser('alice');
    expect(check({ id: 'alice' })).not.toThrow();
  });

  it('refuse what was made before the newest revocation of a user', () => {
    revocations.addUser('alice');
    vi.advanceTimersByTime(3_000);
    revocations.addUser('alice');
    expect(check({ id: 'alice', issuedAtMs: now + 2_000 })).toThrow(revoked);
    expect(revocations.size).toBe(1);
  });

  it('are remembered as long as they are to, and no longer than the next one needs', () => {
    revocations.addToken('t-1');
    revocations.addUser('alice');
    vi.advanceTimersByTime(9_999);
    revocations.addToken('t-2');
    revocations.addUser('bob');
    expect(check({ id: 'carol', tokenId: 't-1' })).toThrow(revoked);
    expect(revocations.size).toBe(4);
    vi.advanceTimersByTime(1);
    revocations.addToken('t-3');
    revocations.addUser('carol');
    expect(revocations.size).toBe(4);
    expect(check({ id: 'alice', tokenId: 't-1', issuedAtMs: now })).not.toThrow();
    expect(check({ id: 'bob', issuedAtMs: now })).toThrow(revoked);
  });

  it('are taken over from elsewhere, where they are news and still count', () => {
    const user = { kind: 'user', id: 'alice' } as const;
    expect(revocations.add({ ...user, atMs: now - 5_000 })).toBe(true);
    expect(revocations.add({ ...user, atMs: now - 5_000 })).toBe(false);
    expect(revocations.add({ ...user, atMs: now - 6_000 })).toBe(false);
    expect(revocations.add({ kind: 'token', id: 't-1', atMs: now - 10_000 })).toBe(false);
    expect(check({ id: 'alice', issuedAtMs: now - 5_000 })).toThrow(revoked);
    expect(check({ id: 'alice', issuedAtMs: now - 4_999 })).not.toThrow();
    expect(check({ id: 'bob', tokenId: 't-1' })).not.toThrow();
  });

  it('are told as long as they count, each as it was decided last', () => {
    expect(revocations.addUser('alice')).toEqual({ kind: 'user', id: 'alice', atMs: now });
    revocations.add({ kind: 'expired-token', id: 't-1', atMs: now - 9_000 });
    revocations.add({ kind: 'user', id: 'alice', atMs: now + 100 });
    // A clock that is behind never takes a later revocation back.
    expect(revocations.addUser('alice').atMs).toBe(now + 100);
    expect([...revocations.inForce().keys()]).toEqual(['user alice', 'expired-token t-1']);
    vi.advanceTimersByTime(1_000);
    expect([...revocations.inForce().keys()]).toEqual(['user alice']);
  });

  it('are remembered from the newest time that they were asked for', () => {
    revocations.addToken('t-1');
    revocations.addToken('t-2');
    vi.advanceTimersByTime(9_000);
    revocations.addToken('t-1');
    vi.advanceTimersByTime(1_000);
    revocations.addToken('t-3');
    expect(check({ id: 'alice', tokenId: 't-1' })).toThrow(revoked);
    expect(check({ id: 'alice', tokenId: 't-2' })).not.toThrow();
  });
});
