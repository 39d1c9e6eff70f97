import { ActionError } from '@roomcast/realtime-contract';
import type { TestServer, TestServerOptions } from '@roomcast/realtime-testing';
import { describe, expect, it, vi } from 'vitest';
import { eventually } from '../eventually.ts';
import { connectFramed } from '../protocol/framedConnection.ts';
import { createManualClock } from '../protocol/manualClock.ts';
import type { ClubContract } from './clubContract.ts';
import { connectPlain } from './plainClient.ts';
import { startWitnessedClub } from './witnessedClub.ts';

// Calls with a key, written by hand, in both dialects.

type Options = Partial<TestServerOptions<ClubContract>>;
type Say = NonNullable<NonNullable<Options['actions']>['say']>;

interface Caller extends Disposable {
  ask(name: string, ...args: readonly unknown[]): Promise<unknown>;
}
type OpenCaller = (server: TestServer<ClubContract>, userId?: string) => Promise<Caller>;

const tokenOf = async (server: TestServer<ClubContract>, userId?: string) =>
  userId === undefined ? {} : { token: await server.tokenFor(userId) };
const openFramed: OpenCaller = async (server, userId) =>
  connectFramed(server.url, await tokenOf(server, userId));
const openStock: OpenCaller = async (server, userId) =>
  connectPlain(server.url, { auth: await tokenOf(server, userId) });

const room = 'event-42';
const hello = { text: 'hello' };
const key = (idempotencyKey: unknown) => ({ idempotencyKey });
const failure = (code: string) => ({ ok: false, error: { code, message: expect.any(String) } });

/** Publishes what is said, and counts how often it was asked to. */
const publishing = () =>
  vi.fn<Say>(async (payload, { publisher }) => {
    await publisher.publish({ room, event: 'said', payload, delivery: 'reliable' });
    return { length: payload.text.length };
  });

describe.each([
  ['framed', openFramed],
  ['plain', openStock],
] as const)('a call with a key, in the %s dialect,', (_, open) => {
  it('is done once, and its retry gets the first acknowledgement', async () => {
    const say = publishing();
    await using club = await startWitnessedClub({ actions: { say } });
    using alice = await open(club.server, 'alice');
    const first = await alice.ask('say', hello, key('k-1'));
    const position = { epoch: expect.any(String), offset: 1, revision: 0 };
    expect(first).toEqual({ ok: true, value: { length: 5 }, positions: [{ room, position }] });
    expect(await alice.ask('say', hello, key('k-1'))).toEqual(first);
    using again = await open(club.server, 'alice');
    expect(await again.ask('say', hello, key('k-1'))).toEqual(first);
    expect(say).toHaveBeenCalledTimes(1);
    expect(say.mock.calls[0]?.[1]).toMatchObject({ idempotencyKey: 'k-1', retry: false });
    await club.expectUnnoticed();
  });

  it('that comes twice at once, over two connections, is done once', async () => {
    const finish: ((answer: { length: number }) => void)[] = [];
    const say = vi.fn<Say>(() => new Promise((resolve) => finish.push(resolve)));
    await using club = await startWitnessedClub({ actions: { say } });
    using one = await open(club.server, 'alice');
    using other = await open(club.server, 'alice');
    const answers = Promise.all([
      one.ask('say', hello, key('k-1')),
      one.ask('say', hello, key('k-1')),
      other.ask('say', hello, key('k-1')),
    ]);
    await Promise.all([one.ask('ping'), other.ask('ping')]);
    await eventually(() => expect(finish).toHaveLength(1));
    finish[0]?.({ length: 5 });
    const done = { ok: true, value: { length: 5 } };
    expect(await answers).toEqual([done, done, done]);
    expect(say).toHaveBeenCalledTimes(1);
    await club.expectUnnoticed();
  });

  it('is another one of another user, and of another guest', async () => {
    const say = publishing();
    const look = vi.fn(() => 'around');
    await using club = await startWitnessedClub({ actions: { say, look } });
    using alice = await open(club.server, 'alice');
    using mallory = await open(club.server, 'mallory');
    using guest = await open(club.server);
    using otherGuest = await open(club.server);
    await alice.ask('say', hello, key('k-1'));
    expect(await mallory.ask('say', { text: 'other' }, key('k-1'))).toMatchObject({
      value: { length: 5 },
      positions: [{ position: { offset: 2 } }],
    });
    expect(say).toHaveBeenCalledTimes(2);
    for (const caller of [guest, guest, otherGuest]) await caller.ask('look', null, key('k-1'));
    expect(look).toHaveBeenCalledTimes(2);
    await club.expectUnnoticed();
  });

  it('is refused with another input, and a refusal that the contract declares is repeated', async () => {
    const say = vi.fn<Say>(() => {
      throw new ActionError('TOO_LOUD', 'People sleep.');
    });
    await using club = await startWitnessedClub({ actions: { say } });
    using alice = await open(club.server, 'alice');
    const refusal = { ok: false, error: { code: 'TOO_LOUD', message: 'People sleep.' } };
    expect(await alice.ask('say', hello, key('k-1'))).toEqual(refusal);
    expect(await alice.ask('say', hello, key('k-1'))).toEqual(refusal);
    const other = await alice.ask('say', { text: 'bye' }, key('k-1'));
    expect(other).toEqual(failure('IDEMPOTENCY_CONFLICT'));
    expect(say).toHaveBeenCalledTimes(1);
    await club.expectUnnoticed();
  });

  it('that was refused before it was done is not remembered', async () => {
    const say = publishing();
    await using club = await startWitnessedClub({ actions: { say } });
    using guest = await open(club.server);
    expect(await guest.ask('say', hello, key('k-1'))).toEqual(failure('UNAUTHENTICATED'));
    using alice = await open(club.server, 'alice');
    expect(await alice.ask('say', { text: 7 }, key('k-1'))).toEqual(failure('INVALID_PAYLOAD'));
    expect(await alice.ask('say', hello, key('k-1'))).toMatchObject({ ok: true });
    expect(say).toHaveBeenCalledTimes(1);
    await club.expectUnnoticed();
  });

  it('that was given up is handed out again, and its handler is told', async () => {
    const say = vi.fn<Say>((_input, { retry }) => (retry ? { length: 5 } : new Promise(() => {})));
    await using club = await startWitnessedClub({ actions: { say }, actionTimeoutMs: 30 });
    using alice = await open(club.server, 'alice');
    expect(await alice.ask('say', hello, key('k-1'))).toEqual(failure('ACTION_TIMEOUT'));
    const done = { ok: true, value: { length: 5 } };
    expect(await alice.ask('say', hello, key('k-1'))).toEqual(done);
    expect(await alice.ask('say', hello, key('k-1'))).toEqual(done);
    expect(say.mock.calls.map(([, { retry }]) => retry)).toEqual([false, true]);
    await club.expectUnnoticed();
  });

  it('that failed is handed out again, and its handler is told', async () => {
    const say = vi.fn<Say>((_input, { retry }) => {
      if (!retry) throw new Error('no database');
      return { length: 5 };
    });
    await using club = await startWitnessedClub({ actions: { say } });
    using alice = await open(club.server, 'alice');
    expect(await alice.ask('say', hello, key('k-1'))).toEqual(failure('ACTION_FAILED'));
    expect(await alice.ask('say', hello, key('k-1'))).toMatchObject({ ok: true });
    expect(say.mock.calls.map(([, { retry }]) => retry)).toEqual([false, true]);
    await club.expectUnnoticed('action "say"');
  });

  it.each([
    ['a number', 7],
    ['null', null],
    ['an object', {}],
    ['an array', ['k-1']],
    ['an empty text', ''],
    ['a text of 65 characters', 'x'.repeat(65)],
    ['a text of 50,000 characters', 'x'.repeat(50_000)],
    ['a text with a newline', 'k-1\n'],
    ['a text with a colon', 'user:k-1'],
    ['a text that is not ASCII', 'schlüssel'],
  ])('is refused where the key is %s', async (_name, bad) => {
    const say = publishing();
    await using club = await startWitnessedClub({ actions: { say } });
    using alice = await open(club.server, 'alice');
    expect(await alice.ask('say', hello, key(bad))).toEqual(failure('INVALID_PAYLOAD'));
    expect(say).not.toHaveBeenCalled();
    await club.expectUnnoticed();
  });

  it('is one without a key where the second argument has none', async () => {
    const say = publishing();
    await using club = await startWitnessedClub({ actions: { say } });
    using alice = await open(club.server, 'alice');
    const seconds = [null, undefined, 7, 'k-1', '', true, [], ['k-1'], {}, { attempt: 2 }];
    for (const second of seconds) {
      expect(await alice.ask('say', hello, second)).toMatchObject({ ok: true });
    }
    expect(await alice.ask('say', hello)).toMatchObject({ ok: true });
    const contexts = say.mock.calls.map(([, context]) => context);
    expect(contexts).toHaveLength(seconds.length + 1);
    for (const context of contexts) {
      expect(context).toMatchObject({ idempotencyKey: null, retry: false });
    }
    await club.expectUnnoticed();
  });

  it('is forgotten after five minutes', async () => {
    const clock = createManualClock();
    const say = vi.fn<Say>(() => ({ length: 5 }));
    const authenticate = async (token: string) => ({ id: token });
    await using club = await startWitnessedClub({
      ...{ actions: { say }, clock, authenticate },
    });
    const server = { ...club.server, tokenFor: async (userId: string) => userId };
    using alice = await open(server, 'alice');
    await alice.ask('say', hello, key('k-1'));
    clock.advance(299_999);
    await alice.ask('say', hello, key('k-1'));
    expect(say).toHaveBeenCalledTimes(1);
    clock.advance(1);
    await alice.ask('say', hello, key('k-1'));
    expect(say).toHaveBeenCalledTimes(2);
  });
});

describe('what an action publishes', () => {
  it('says to framed members which call caused it, where that has a key', async () => {
    await using club = await startWitnessedClub({ actions: { say: publishing() } });
    using member = await connectFramed(club.url);
    await member.join({ room });
    using stock = await openStock(club.server, 'alice');
    await stock.ask('say', hello, key('k-1'));
    await stock.ask('say', hello);
    const publications = await member.received(room, 2);
    expect(publications.map(([, , , , , header]) => header)).toEqual([
      { causedBy: 'k-1' },
      undefined,
    ]);
    await club.expectUnnoticed();
  });

  it('is told by room, with the newest position of each', async () => {
    await using club = await startWitnessedClub({
      actions: {
        echo: async (_input, { publisher }) => {
          const say = (to: string) =>
            publisher.publish({ room: to, event: 'said', payload: hello, delivery: 'reliable' });
          await Promise.all([say(room), say('event-7'), say(room), say(room)]);
          await say('event-7').catch(() => {});
          return null;
        },
        say: () => ({ length: 0 }),
      },
    });
    using alice = await openFramed(club.server, 'alice');
    const at = (name: string, offset: number) => ({
      room: name,
      position: { epoch: expect.any(String), offset, revision: 0 },
    });
    expect(await alice.ask('echo', null)).toEqual({
      ...{ ok: true, value: null },
      positions: [at(room, 3), at('event-7', 2)],
    });
    expect(await alice.ask('say', hello)).toEqual({ ok: true, value: { length: 0 } });
    await club.expectUnnoticed();
  });
});
