import type { ErrorCode } from '@roomcast/realtime-contract';
import type { WebSocketManagerOptions } from '@roomcast/realtime-server';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type ClubContract, clubContract } from './clubContract.ts';
import { connectPlain, refusalOf } from './plainClient.ts';
import { startWitnessedClub } from './witnessedClub.ts';

// The rows of docs/BAD-INPUT.md about the callbacks of the application.

type Options = Partial<WebSocketManagerOptions<ClubContract>>;
type Fault = 'throws' | 'rejects' | 'hangs';

const secret = 'password of the database';
const faults: Record<Fault, () => never> = {
  throws: () => {
    throw new Error(secret);
  },
  rejects: () => Promise.reject(new Error(secret)) as never,
  hangs: () => new Promise(() => {}) as never,
};
const failure = (code: ErrorCode) => ({
  ok: false,
  error: { code, message: expect.not.stringContaining(secret) },
});

afterEach(() => {
  vi.restoreAllMocks();
});

describe('only its caller notices', () => {
  it.each<[Fault, ErrorCode, string[]]>([
    ['throws', 'AUTHENTICATION_FAILED', []],
    ['rejects', 'AUTHENTICATION_FAILED', []],
    ['hangs', 'AUTHENTICATION_TIMEOUT', ['authenticate']],
  ])('an `authenticate` that %s', async (fault, code, reported) => {
    await using club = await startWitnessedClub({
      ...{ authenticate: faults[fault], authenticationTimeoutMs: 30 },
    });
    const { message, data } = await refusalOf(club.url, { auth: { token: 'x' } });
    expect(data?.code).toBe(code);
    expect(message).not.toContain(secret);
    using guest = await connectPlain(club.url);
    expect(await guest.ask('authenticate', 'x')).toEqual(failure(code));
    expect(await guest.ask('join-event', '1')).toMatchObject({ ok: true });
    await club.expectUnnoticed(...reported);
  });

  it.each<[Fault]>([['throws'], ['rejects'], ['hangs']])(
    'an `authorise` that %s',
    async (fault) => {
      await using club = await startWitnessedClub({
        ...{ authorise: faults[fault], authorisationTimeoutMs: 30 },
      });
      const auth = { token: await club.server.tokenFor('alice') };
      using alice = await connectPlain(club.url, { auth });
      expect(await alice.ask('join-team', '1')).toEqual(failure('INTERNAL'));
      expect(await alice.ask('join-event', '1')).toMatchObject({ ok: true });
      await club.expectUnnoticed('authorise');
    },
  );

  it.each<[Fault, ErrorCode, string[]]>([
    ['throws', 'ACTION_FAILED', ['action "say"']],
    ['rejects', 'ACTION_FAILED', ['action "say"']],
    ['hangs', 'ACTION_TIMEOUT', []],
  ])('an action handler that %s', async (fault, code, reported) => {
    await using club = await startWitnessedClub({
      actions: { say: faults[fault], look: () => 'around' },
      actionTimeoutMs: 30,
    });
    const auth = { token: await club.server.tokenFor('alice') };
    using alice = await connectPlain(club.url, { auth });
    expect(await alice.ask('say', { text: 'hello' })).toEqual(failure(code));
    expect(await alice.ask('look', null)).toEqual({ ok: true, value: 'around' });
    await club.expectUnnoticed(...reported);
  });

  it.each<[Fault]>([['throws'], ['rejects']])('a schema that %s', async (fault) => {
    await using club = await startWitnessedClub({ actions: { look: () => 'around' } });
    vi.spyOn(clubContract.actions.look.input['~standard'], 'validate').mockImplementationOnce(
      faults[fault],
    );
    using guest = await connectPlain(club.url);
    expect(await guest.ask('look', null)).toEqual(failure('INTERNAL'));
    expect(await guest.ask('look', null)).toEqual({ ok: true, value: 'around' });
    await club.expectUnnoticed('request "look"');
  });

  it('a schema that hangs', async () => {
    await using club = await startWitnessedClub({
      actions: { look: () => 'around' },
      actionTimeoutMs: 50,
    });
    vi.spyOn(clubContract.actions.look.input['~standard'], 'validate').mockImplementationOnce(
      faults.hangs,
    );
    using guest = await connectPlain(club.url);
    expect(await guest.ask('look', null)).toMatchObject({
      ok: false,
      error: { code: 'ACTION_TIMEOUT' },
    });
    expect(await guest.ask('look', null)).toEqual({ ok: true, value: 'around' });
    await club.expectUnnoticed();
  });
});

describe('nobody notices', () => {
  const reporters: [string, (fault: () => never) => Options, string][] = [
    ['`metrics`', (fault) => ({ metrics: { count: fault } }), 'metrics'],
    [
      'a `logger`',
      (fault) => ({ logger: { debug: fault, info: fault, warn: fault, error: fault } }),
      'logger',
    ],
    // Nobody is left to whom it could be reported.
    ['an `onError`', (fault) => ({ onError: fault }), ''],
  ];
  const cases = reporters.flatMap(([name, options, source]) =>
    (['throws', 'rejects', 'hangs'] as const).map(
      (fault) => [name, fault, options(faults[fault]), fault === 'hangs' ? '' : source] as const,
    ),
  );

  it.each(cases)('%s that %s', async (_name, _fault, options, source) => {
    await using club = await startWitnessedClub({ actions: { say: faults.throws }, ...options });
    expect((await refusalOf(club.url, { auth: { token: 'forged' } })).data?.code).toBe(
      'AUTHENTICATION_FAILED',
    );
    const auth = { token: await club.server.tokenFor('alice') };
    using alice = await connectPlain(club.url, { auth });
    expect(await alice.ask('say', { text: 'hello' })).toEqual(failure('ACTION_FAILED'));
    await club.expectUnnoticed('action "say"', ...(source ? [source] : []));
  });
});
