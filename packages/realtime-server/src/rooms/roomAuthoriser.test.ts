import { systemClock } from '@roomcast/realtime-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTestContract } from '../fakes/createTestContract.ts';
import type { SessionInfo } from '../session/session.ts';
import { type Authorise, createRoomAuthoriser } from './roomAuthoriser.ts';

const alice: SessionInfo = { id: 'connection-1', user: { id: 'alice' }, dialect: 'framed' };
const guest: SessionInfo = { id: 'connection-2', user: null, dialect: 'plain' };

function create(authorise: unknown = () => []) {
  const report = vi.fn();
  const authoriseRooms = createRoomAuthoriser({
    contract: createTestContract(),
    authorise: authorise as Authorise,
    clock: systemClock,
    timeoutMs: 1_000,
    report,
  });
  /** Each name with `true` or the code of its refusal. */
  const decide = async (session: SessionInfo, ...names: string[]) => {
    const authorisations = await authoriseRooms(session, names);
    expect(authorisations.map(({ name }) => name)).toEqual(names);
    return authorisations.map(({ refusal }) => refusal?.code ?? true);
  };
  return { decide, report };
}

describe('authoriseRooms', () => {
  it('lets everybody into public rooms', async () => {
    const { decide } = create();
    expect(await decide(guest, 'event-1', 'event-2')).toEqual([true, true]);
    expect(await decide(alice, 'event-1')).toEqual([true]);
  });

  it('lets guests into no other room, and asks nobody about it', async () => {
    const authorise = vi.fn(() => [true, true, true, true, true]);
    const { decide } = create(authorise);
    expect(await decide(guest, 'news', 'global', 'team-1', 'staff', 'user-alice')).toEqual(
      Array(5).fill('UNAUTHENTICATED'),
    );
    expect(authorise).not.toHaveBeenCalled();
  });

  it('lets every user into rooms for the authenticated', async () => {
    expect(await create().decide(alice, 'news', 'global')).toEqual([true, true]);
  });

  it('lets a user into their own room and nobody else’s, without asking', async () => {
    const authorise = vi.fn(() => [true, true]);
    const { decide } = create(authorise);
    expect(await decide(alice, 'user-alice', 'user-bob')).toEqual([true, 'FORBIDDEN']);
    expect(authorise).not.toHaveBeenCalled();
  });

  it('knows a user’s room by the id and not by the name', async () => {
    const { decide } = create();
    const odd: SessionInfo = { ...alice, user: { id: 'a/b' } };
    expect(await decide(odd, 'user-a%2Fb')).toEqual([true]);
    expect(await decide(alice, 'user-%61lice', 'user-ALICE')).toEqual([
      'INVALID_ROOM',
      'FORBIDDEN',
    ]);
  });

  it.each(['', 'event-', 'nobody', 'event', '__proto__', 'constructor', 'x'.repeat(10_000)])(
    'refuses the name %j, which no room has',
    async (name) => {
      expect(await create().decide(alice, name)).toEqual(['INVALID_ROOM']);
    },
  );

  it('asks once for all rooms that depend on it, by kind and parameters', async () => {
    const authorise = vi.fn(async () => [true, false]);
    const { decide } = create(authorise);
    expect(await decide(alice, 'team-a%3A1', 'event-1', 'nobody', 'staff')).toEqual([
      true,
      true,
      'INVALID_ROOM',
      'FORBIDDEN',
    ]);
    expect(authorise).toHaveBeenCalledExactlyOnceWith(alice, [
      { kind: 'team', params: { teamId: 'a:1' } },
      { kind: 'staff', params: {} },
    ]);
  });

  it.each([
    ['is missing', []],
    ['is undefined', [undefined]],
    ['is merely truthy', ['yes']],
    ['is 1', [1]],
    ['is an object', [{}]],
  ])('admits nobody when the answer %s', async (_, answers) => {
    expect(await create(() => answers).decide(alice, 'staff')).toEqual(['FORBIDDEN']);
  });

  it('refuses the rooms that have no answer when the answer is too short', async () => {
    expect(await create(() => [true]).decide(alice, 'team-1', 'team-2')).toEqual([
      true,
      'FORBIDDEN',
    ]);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('password of the database');
      },
    ],
    ['rejects', () => Promise.reject(new Error('password of the database'))],
    ['answers with nothing', () => undefined],
  ])('refuses what depends on an authorise that %s, and only that', async (_, authorise) => {
    const { decide, report } = create(authorise);
    expect(await decide(alice, 'team-1', 'event-1', 'staff')).toEqual([
      'INTERNAL',
      true,
      'INTERNAL',
    ]);
    expect(report).toHaveBeenCalledExactlyOnceWith(expect.any(Error), 'authorise');
  });

  it('tells the client nothing of what authorise threw', async () => {
    const authoriseRooms = createRoomAuthoriser({
      contract: createTestContract(),
      authorise: () => Promise.reject(new Error('password of the database')),
      clock: systemClock,
      timeoutMs: 1_000,
      report: () => {},
    });
    const [authorisation] = await authoriseRooms(alice, ['staff']);
    expect(authorisation?.refusal?.message).not.toContain('password');
  });
});

describe('an authorise that hangs', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('is given up after its time, and reported', async () => {
    const { decide, report } = create(() => new Promise(() => {}));
    const decided = decide(alice, 'staff', 'event-1');
    await vi.advanceTimersByTimeAsync(999);
    expect(report).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(await decided).toEqual(['INTERNAL', true]);
    expect(report).toHaveBeenCalledExactlyOnceWith(expect.any(Error), 'authorise');
    expect(vi.getTimerCount()).toBe(0);
  });
});
