import {
  type ActionAnswer,
  ActionError,
  type FramedHandshake,
  RoomcastError,
  systemClock,
} from '@roomcast/realtime-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeDialects, type FakeDialects } from '../fakes/createFakeDialects.ts';
import { createFakeConnection, type FakeConnection } from '../fakes/fakeConnection.ts';
import { createFakeMembership } from '../fakes/fakeMembership.ts';
import type { Request } from '../socket-io/connection.ts';
import { Deadlines } from './deadlines.ts';
import { Revocations } from './revocations.ts';
import type { Session } from './session.ts';
import { SessionRegistry } from './sessionRegistry.ts';
import { SessionWatchers } from './sessionWatchers.ts';
import { type SessionHost, startSession } from './startSession.ts';

let connection: FakeConnection;
let sessions: SessionRegistry;
let watchers: SessionWatchers;
let revocations: Revocations;
let dialects: FakeDialects;
const report = vi.fn();
const act = vi.fn<SessionHost['act']>();
const onExpired = vi.fn();
const watchGuest = vi.fn();
const places = { leave: vi.fn() };
const place = { address: '192.0.2.1', userId: 'alice' };
const limiter = {
  charge: vi.fn<SessionHost['limiter']['charge']>(),
  assertShape: vi.fn<SessionHost['limiter']['assertShape']>(),
  heard: vi.fn(),
  isExcessive: vi.fn<() => boolean>(),
  cutOff: vi.fn(),
};
const supersede = vi.fn<SessionHost['supersede']>();

beforeEach(() => {
  for (const mock of [report, act, onExpired, supersede, watchGuest]) mock.mockReset();
  for (const mock of [places.leave, ...Object.values(limiter)]) mock.mockReset();
  limiter.charge.mockReturnValue(null);
  connection = createFakeConnection();
  sessions = new SessionRegistry();
  watchers = new SessionWatchers(report);
  revocations = new Revocations(systemClock, 60_000);
  dialects = createFakeDialects();
});

afterEach(() => {
  vi.useRealTimers();
});

const dictionary = { id: '00000000000000ab', bytes: new Uint8Array() };

function begin(
  user: Session['user'] = { id: 'alice' },
  parts: Partial<FramedHandshake> = {},
  onConnection: FakeConnection = connection,
  host: Partial<SessionHost> = {},
) {
  startSession(
    {
      sessions,
      watchers,
      revocations,
      dialects,
      dictionary,
      clock: systemClock,
      deadlines: new Deadlines(systemClock),
      report,
      act,
      beforeExpiry: () => {},
      onExpired,
      supersede,
      onEnded: () => {},
      ...{ places, limiter, watchGuest },
      ...host,
    },
    onConnection,
    {
      handshake: {
        ...{ dialect: 'framed', token: null, contractVersion: '1.0', fingerprint: '' },
        ...{ rooms: [], features: [], ...parts },
      },
      ...{ user, place },
    },
  );
  return sessions.find(onConnection.id);
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
const settled = (answers: readonly unknown[]) =>
  vi.waitFor(() => {
    expect(answers).toHaveLength(1);
    return answers[0];
  });
const done = (value: unknown) => ({ value, positions: [] });
const ok = (value: unknown) => ({ ok: true, value });
const failure = (code: string) => ({ ok: false, error: { code, message: expect.any(String) } });

describe('startSession', () => {
  it('is known from the beginning until the connection is gone', () => {
    begin();
    expect(sessions.size).toBe(1);
    expect(sessions.find(connection.id)?.user).toEqual({ id: 'alice' });
    connection.disconnect();
    expect(sessions.size).toBe(0);
    expect(sessions.find(connection.id)).toBeUndefined();
  });

  it('takes a place, and gives it back once at its end', () => {
    begin();
    expect(sessions.find(connection.id)?.place).toBe(place);
    expect(places.leave).not.toHaveBeenCalled();
    connection.disconnect();
    connection.disconnect();
    expect(places.leave.mock.calls).toEqual([[place]]);
  });

  it('is watched as long as it is nobody’s: a guest', () => {
    begin();
    expect(watchGuest).not.toHaveBeenCalled();
    const guest = begin(null, {}, createFakeConnection(createFakeMembership(), 'connection-2'));
    expect(watchGuest.mock.calls).toEqual([[guest]]);
  });

  it('is refused what is too much, and nothing is done of it', () => {
    begin();
    const error = new RoomcastError('RATE_LIMITED', 'Too much.', { retryAfterMs: 250 });
    limiter.charge.mockReturnValueOnce(error);
    const { answers } = connection.request('shout', 'hello');
    expect(limiter.charge.mock.calls).toEqual([[sessions.find(connection.id), 'shout']]);
    expect(answers).toEqual([
      { ok: false, error: { code: 'RATE_LIMITED', message: 'Too much.', retryAfterMs: 250 } },
    ]);
    expect(act).not.toHaveBeenCalled();
  });

  it('is refused data that is too deep before anybody looks at it', async () => {
    begin();
    limiter.assertShape.mockThrowOnce(new RoomcastError('INVALID_PAYLOAD', 'Too deep.'));
    const { answers } = connection.request('shout', [[]]);
    expect(await settled(answers)).toEqual(failure('INVALID_PAYLOAD'));
    expect(limiter.assertShape.mock.calls).toEqual([[[[[]]]]]);
    expect(act).not.toHaveBeenCalled();
  });

  it('hears what its connection sends, and whether that is too much', () => {
    const session = begin();
    const { listener } = connection.visitor;
    limiter.heard.mockReturnValue(7);
    expect(listener?.heard(42)).toBe(7);
    listener?.cutOff();
    limiter.isExcessive.mockReturnValue(true);
    expect(listener?.isExcessive).toBe(true);
    expect(limiter.heard.mock.calls).toEqual([[session, 42]]);
    expect(limiter.cutOff.mock.calls).toEqual([[session]]);
  });

  it('is told of when it begins and when it is over', () => {
    const told: unknown[] = [];
    watchers.add({
      onBegin: ({ user }) => told.push(['began', user?.id, sessions.size]),
      onEnd: ({ user }, reason) => told.push([reason, user?.id, sessions.size]),
    });
    begin();
    connection.disconnect();
    expect(told).toEqual([
      ['began', 'alice', 1],
      ['transport close', 'alice', 0],
    ]);
  });

  it('begins a guest without a user', () => {
    begin(null);
    expect(sessions.find(connection.id)?.user).toBeNull();
  });

  it('asks for the rooms of the handshake', () => {
    const rooms = [{ room: 'event-0' }, { room: 'event-1' }];
    const session = begin(null, { rooms });
    expect(dialects.framed.start.mock.calls).toEqual([[session, rooms]]);
  });

  it('remembers how much the client wants replayed', () => {
    expect(begin(null, { maxReplay: 7 })?.maxReplay).toBe(7);
    const other = createFakeConnection(createFakeMembership(), 'connection-2');
    expect(begin(null, {}, other)?.maxReplay).toBe(Number.POSITIVE_INFINITY);
  });

  it('agrees to what the client named and the server has too', () => {
    const features = ['deflate', 'brotli'];
    const session = begin(null, { features });
    expect(session).toMatchObject({ features: ['deflate'], compression: 'deflate' });
    const other = createFakeConnection(createFakeMembership(), 'connection-2');
    const plain = begin(null, { features }, other, { dictionary: null });
    expect(plain).toMatchObject({ features: [], compression: 'none' });
  });

  it('ends a session that could not begin, and reports why', async () => {
    const error = new Error('no log');
    dialects.framed.start.mockRejectedValue(error);
    begin();
    await vi.waitFor(() => expect(connection.isOpen).toBe(false));
    expect(report.mock.calls).toEqual([[error, 'session start']]);
    expect(sessions.size).toBe(0);
  });

  it('says nothing to somebody whose token was revoked since it was accepted', async () => {
    revocations.addToken('t-1');
    begin({ id: 'alice', tokenId: 't-1' });
    expect(connection.isOpen).toBe(false);
    expect(sessions.size).toBe(0);
    expect(dialects.framed.start).not.toHaveBeenCalled();
    expect(places.leave.mock.calls).toEqual([[place]]);
  });

  it('answers actions, with their own input and what is said beside it', async () => {
    begin();
    act.mockResolvedValue(done('done'));
    const { answers } = connection.request('shout', 'hello', 'more', 'and more');
    expect(await settled(answers)).toEqual(ok('done'));
    const call = { name: 'shout', input: 'hello', meta: 'more' };
    expect(act.mock.calls).toEqual([[sessions.find(connection.id), call]]);
  });

  it('tells of an action where the rooms stand that it published to', async () => {
    begin();
    const positions = [{ room: 'event-1', position: { epoch: 'e', offset: 3, revision: 0 } }];
    act.mockResolvedValue({ value: 'done', positions });
    const { answers } = connection.request('shout', 'hello');
    expect(await settled(answers)).toEqual({ ok: true, value: 'done', positions });
  });

  it('runs actions side by side, and before the session is welcomed', async () => {
    dialects.framed.start.mockReturnValue(new Promise(() => {}));
    begin();
    act.mockReturnValueOnce(new Promise(() => {})).mockResolvedValueOnce(done('second'));
    connection.request('shout', 'first');
    expect(await settled(connection.request('shout', 'second').answers)).toEqual(ok('second'));
  });

  it('does joins and leaves one after the other, in order, after the beginning', async () => {
    const order: string[] = [];
    let finishStart = () => {};
    dialects.framed.start.mockReturnValue(
      new Promise((resolve) => {
        finishStart = resolve;
      }),
    );
    dialects.framed.handle.mockImplementation(async (_, { name }: Request) => {
      order.push(`${name} begins`);
      await new Promise((resolve) => setImmediate(resolve));
      order.push(`${name} ends`);
    });
    begin();
    connection.request('roomcast:join');
    const { answers } = connection.request('roomcast:leave');
    await new Promise((resolve) => setImmediate(resolve));
    expect(order).toEqual([]);
    finishStart();
    await settled(answers);
    expect(order).toEqual([
      'roomcast:join begins',
      'roomcast:join ends',
      'roomcast:leave begins',
      'roomcast:leave ends',
    ]);
  });

  it('goes on after a request that failed', async () => {
    begin();
    dialects.framed.handle
      .mockRejectedValueOnce(new RoomcastError('FORBIDDEN', 'no'))
      .mockResolvedValueOnce(7);
    const first = connection.request('roomcast:join');
    const second = connection.request('roomcast:join');
    expect(await settled(second.answers)).toEqual(ok(7));
    expect(first.answers).toEqual([failure('FORBIDDEN')]);
    expect(report).not.toHaveBeenCalled();
  });

  it('goes on after a dialect that throws', async () => {
    begin();
    dialects.framed.handle.mockImplementationOnce(() => {
      throw new Error('a defect');
    });
    dialects.framed.handle.mockResolvedValueOnce(7);
    const first = connection.request('roomcast:join');
    expect(await settled(connection.request('roomcast:join').answers)).toEqual(ok(7));
    expect(first.answers).toEqual([failure('INTERNAL')]);
  });

  it('passes refusals on, and nothing else', async () => {
    begin();
    act.mockRejectedValueOnce(new ActionError('TOO_LOUD', 'People sleep.'));
    expect(await settled(connection.request('shout').answers)).toEqual({
      ok: false,
      error: { code: 'TOO_LOUD', message: 'People sleep.' },
    });
    expect(report).not.toHaveBeenCalled();

    const defect = new Error('password of the database');
    act.mockRejectedValueOnce(defect);
    const answer = await settled(connection.request('shout').answers);
    expect(answer).toEqual(failure('INTERNAL'));
    expect(JSON.stringify(answer)).not.toContain('password');
    expect(report.mock.calls).toEqual([[defect, 'request "shout"']]);
  });

  it('refuses an answer that cannot be written down, reports it, and goes on', async () => {
    begin();
    const answers: unknown[] = [];
    const acknowledge = (answer: unknown) => void answers.push(JSON.stringify(answer));
    act.mockResolvedValueOnce(done({ price: 12n }));
    dialects.framed.handle.mockResolvedValueOnce({ price: 12n }).mockResolvedValueOnce('next');
    connection.deliver({ name: 'shout', args: [], acknowledge });
    connection.deliver({ name: 'roomcast:join', args: [], acknowledge });
    connection.deliver({ name: 'roomcast:join', args: [], acknowledge });
    await vi.waitFor(() => expect(answers).toHaveLength(3));
    expect(answers.map((answer) => JSON.parse(String(answer)))).toEqual([
      failure('INTERNAL'),
      failure('INTERNAL'),
      ok('next'),
    ]);
    expect(report.mock.calls).toEqual([
      [expect.any(TypeError), 'acknowledgement of "shout"'],
      [expect.any(TypeError), 'acknowledgement of "roomcast:join"'],
    ]);
  });

  it.each([
    ['requests that wait for their turn', 'roomcast:join'],
    ['actions that run', 'shout'],
  ])('bounds %s', async (_, name) => {
    const finish: (() => void)[] = [];
    const hang = () =>
      new Promise<ActionAnswer>((resolve) => finish.push(() => resolve(done(null))));
    dialects.framed.handle.mockImplementation(hang);
    act.mockImplementation(hang);
    begin();
    const [first] = Array.from({ length: 256 }, () => connection.request(name));
    const refused = connection.request(name);
    expect(refused.answers).toEqual([failure('LIMIT_EXCEEDED')]);
    await vi.waitFor(() => expect(finish.length).toBeGreaterThan(0));
    finish[0]?.();
    await settled(first?.answers ?? []);
    const accepted = connection.request(name);
    expect(accepted.answers).toEqual([]);
  });
});

describe('requests that are to come to their end', () => {
  it('are answered, actions and those behind them, and nothing that comes later is', async () => {
    const finish: (() => void)[] = [];
    const pending = () =>
      new Promise<never>((resolve) => finish.push(() => resolve('done' as never)));
    act.mockImplementation(() => pending().then(done));
    dialects.framed.handle.mockImplementation(pending);
    const session = begin();
    await turn();
    const early = ['shout', 'roomcast:join'].map((name) => connection.request(name));
    await turn();
    const finished = vi.fn();
    void session?.requests?.finish().then(finished);
    const late = ['shout', 'roomcast:join'].map((name) => connection.request(name));
    finish[0]?.();
    await turn();
    expect(finished).not.toHaveBeenCalled();
    finish[1]?.();
    await turn();
    expect(finished).toHaveBeenCalledOnce();
    expect(early.map(({ answers }) => answers)).toEqual([[ok('done')], [ok('done')]]);
    expect(late.flatMap(({ answers }) => answers)).toEqual([]);
    expect([act.mock.calls.length, dialects.framed.handle.mock.calls.length]).toEqual([1, 1]);
  });

  it('are none where nothing was asked', async () => {
    await expect(begin()?.requests?.finish()).resolves.toBeUndefined();
  });
});

describe('the session that a client had before', () => {
  const other = () => createFakeConnection(createFakeMembership(), 'connection-2');

  it.each([
    ['a user', { id: 'alice' }],
    ['a guest', null],
  ])('ends at once where %s is back', (_, user) => {
    const terminate = vi.spyOn(connection, 'terminate');
    const before = begin(user);
    const next = begin(user, { session: before?.secret ?? '' }, other());
    expect(terminate).toHaveBeenCalledOnce();
    expect(sessions.all()).toEqual([next]);
    expect(next?.secret).not.toBe(before?.secret);
  });

  it.each([
    ['another user', { id: 'bob' }],
    ['a guest', null],
  ])('goes on where %s knows its secret', (_, user) => {
    const before = begin({ id: 'alice' });
    begin(user, { session: before?.secret ?? '' }, other());
    expect(connection.isOpen).toBe(true);
    expect(sessions.size).toBe(2);
  });

  it('goes on where a secret is unknown, or the id of the connection', () => {
    begin();
    begin({ id: 'alice' }, { session: connection.id }, other());
    expect(connection.isOpen).toBe(true);
  });
});

describe('a session whose token is over', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 1_000 });
  });

  const beginShort = () => begin({ id: 'alice', expiresAtMs: 2_000 });

  it('waits for another', async () => {
    const session = beginShort();
    await turn();
    vi.advanceTimersByTime(1_000);
    expect(onExpired.mock.calls).toEqual([[session]]);
    expect(connection.isOpen).toBe(true);
  });

  it('may do only what the dialect allows it', async () => {
    beginShort();
    await turn();
    vi.advanceTimersByTime(1_000);
    dialects.framed.handle.mockResolvedValue('renewed');
    for (const name of ['roomcast:join', 'roomcast:history', 'shout']) {
      expect(await settled(connection.request(name).answers)).toEqual(failure('TOKEN_EXPIRED'));
    }
    const renewal = connection.request('roomcast:authenticate');
    expect(await settled(renewal.answers)).toEqual(ok('renewed'));
    expect(act).not.toHaveBeenCalled();
    expect(report).not.toHaveBeenCalled();
  });

  it('does no action, even one that is called like a request of another dialect', async () => {
    dialects.framed.handlesExpired = () => true;
    beginShort();
    await turn();
    vi.advanceTimersByTime(1_000);
    const { answers } = connection.request('shout');
    expect(await settled(answers)).toEqual(failure('TOKEN_EXPIRED'));
  });

  it('does nothing that waited for its turn until the token was over', async () => {
    const finish: (() => void)[] = [];
    dialects.framed.handle.mockImplementation(
      () => new Promise((resolve) => finish.push(() => resolve('done'))),
    );
    beginShort();
    const first = connection.request('roomcast:join');
    const second = connection.request('roomcast:history');
    await turn();
    vi.advanceTimersByTime(1_000);
    finish[0]?.();
    expect(await settled(first.answers)).toEqual(ok('done'));
    expect(await settled(second.answers)).toEqual(failure('TOKEN_EXPIRED'));
    expect(dialects.framed.handle).toHaveBeenCalledOnce();
  });

  it('does what was sent behind the next token', async () => {
    const session = beginShort();
    await turn();
    vi.advanceTimersByTime(1_000);
    dialects.framed.handle.mockImplementation(async (_, { name }: Request) => {
      await turn();
      if (name === 'roomcast:authenticate') {
        session?.login({ id: 'alice' });
        session?.revive();
      }
      return name;
    });
    const renewal = connection.request('roomcast:authenticate');
    const join = connection.request('roomcast:join');
    expect(await settled(join.answers)).toEqual(ok('roomcast:join'));
    expect(renewal.answers).toEqual([ok('roomcast:authenticate')]);
  });

  it('is known to have begun from the welcome on', async () => {
    const session = beginShort();
    expect(session?.hasBegun).toBe(false);
    await turn();
    expect(session?.hasBegun).toBe(true);
  });
});
