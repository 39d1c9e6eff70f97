import { ActionError, RoomcastError, systemClock } from '@roomcast/realtime-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Dialect } from '../dialects/dialect.ts';
import { createFakeConnection, type FakeConnection } from '../fakes/fakeConnection.ts';
import type { Request } from '../socket-io/connection.ts';
import type { Session } from './session.ts';
import { SessionRegistry } from './sessionRegistry.ts';
import { type SessionHost, startSession } from './startSession.ts';

let connection: FakeConnection;
let sessions: SessionRegistry;
const report = vi.fn();
const act = vi.fn<SessionHost['act']>();
const start = vi.fn<Dialect['start']>();
const handle = vi.fn<Dialect['handle']>();

beforeEach(() => {
  for (const mock of [report, act, start, handle]) mock.mockReset();
  start.mockResolvedValue();
  connection = createFakeConnection();
  sessions = new SessionRegistry();
});

afterEach(() => {
  vi.useRealTimers();
});

function begin(user: Session['user'] = { id: 'alice' }, maxRooms = 0) {
  const dialect: Dialect = {
    encode: () => [],
    start,
    tellRoom: () => {},
    handles: (name) => name.startsWith('roomcast:'),
    handle,
  };
  const rooms = Array.from({ length: maxRooms }, (_, index) => ({ room: `event-${index}` }));
  startSession(
    {
      sessions,
      dialects: { plain: dialect, 'plain-compressed': dialect, framed: dialect },
      clock: systemClock,
      report,
      act,
    },
    connection,
    { dialect: 'framed', token: null, contractVersion: '1.0', fingerprint: '', rooms },
    user,
  );
}

const settled = (answers: readonly unknown[]) =>
  vi.waitFor(() => {
    expect(answers).toHaveLength(1);
    return answers[0];
  });
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

  it('begins a guest without a user', () => {
    begin(null);
    expect(sessions.find(connection.id)?.user).toBeNull();
  });

  it('asks for the rooms of the handshake', () => {
    begin(null, 2);
    expect(start.mock.calls).toEqual([
      [sessions.find(connection.id), [{ room: 'event-0' }, { room: 'event-1' }]],
    ]);
  });

  it('ends a session that could not begin, and reports why', async () => {
    const error = new Error('no log');
    start.mockRejectedValue(error);
    begin();
    await vi.waitFor(() => expect(connection.isOpen).toBe(false));
    expect(report.mock.calls).toEqual([[error, 'session start']]);
    expect(sessions.size).toBe(0);
  });

  it('ends with a token that expires', () => {
    vi.useFakeTimers({ now: 1_000 });
    begin({ id: 'alice', expiresAtMs: 2_000 });
    vi.advanceTimersByTime(1_000);
    expect(connection.isOpen).toBe(false);
  });

  it('answers actions, with their own input only', async () => {
    begin();
    act.mockResolvedValue('done');
    const { answers } = connection.request('shout', 'hello', 'more', 'and more');
    expect(await settled(answers)).toEqual(ok('done'));
    expect(act.mock.calls).toEqual([[sessions.find(connection.id), 'shout', 'hello']]);
  });

  it('runs actions side by side, and before the session is welcomed', async () => {
    start.mockReturnValue(new Promise(() => {}));
    begin();
    act.mockReturnValueOnce(new Promise(() => {})).mockResolvedValueOnce('second');
    connection.request('shout', 'first');
    expect(await settled(connection.request('shout', 'second').answers)).toEqual(ok('second'));
  });

  it('does joins and leaves one after the other, in order, after the beginning', async () => {
    const order: string[] = [];
    let finishStart = () => {};
    start.mockReturnValue(
      new Promise((resolve) => {
        finishStart = resolve;
      }),
    );
    handle.mockImplementation(async (_, { name }: Request) => {
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
    handle.mockRejectedValueOnce(new RoomcastError('FORBIDDEN', 'no')).mockResolvedValueOnce(7);
    const first = connection.request('roomcast:join');
    const second = connection.request('roomcast:join');
    expect(await settled(second.answers)).toEqual(ok(7));
    expect(first.answers).toEqual([failure('FORBIDDEN')]);
    expect(report).not.toHaveBeenCalled();
  });

  it('goes on after a dialect that throws', async () => {
    begin();
    handle.mockImplementationOnce(() => {
      throw new Error('a defect');
    });
    handle.mockResolvedValueOnce(7);
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
    act.mockResolvedValueOnce({ price: 12n });
    handle.mockResolvedValueOnce({ price: 12n }).mockResolvedValueOnce('next');
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
    const hang = () => new Promise<void>((resolve) => finish.push(resolve));
    handle.mockImplementation(hang);
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
