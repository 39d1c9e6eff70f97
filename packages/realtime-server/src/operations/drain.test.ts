import { systemClock } from '@roomcast/realtime-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeSession, type FakeSession } from '../fakes/createFakeSession.ts';
import { createFakeConnection } from '../fakes/fakeConnection.ts';
import { createFakeMembership } from '../fakes/fakeMembership.ts';
import { SessionRegistry } from '../session/sessionRegistry.ts';
import { SessionWatchers } from '../session/sessionWatchers.ts';
import { Drain, type DrainHost } from './drain.ts';
import { type DrainOptions, type DrainResult, resolveDrainOptions } from './drainOptions.ts';

const count = vi.fn();
const stopAccepting = vi.fn();
const random = vi.fn(() => 0.5);
let sessions: SessionRegistry;
let watchers: SessionWatchers;
let drain: Drain;
/** How much later it is than the timers know. */
let lateMs: number;
/** Who was sent away, after how many milliseconds, and what delay it was told. */
let ended: { readonly id: string; readonly atMs: number; readonly delayMs: number }[];
/** Whether a session that was sent away is gone by that. */
let isClosing: (session: FakeSession) => boolean;

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  for (const mock of [count, stopAccepting]) mock.mockReset();
  sessions = new SessionRegistry();
  watchers = new SessionWatchers(() => {});
  ended = [];
  lateMs = 0;
  isClosing = () => true;
  const end: DrainHost['control']['end'] = (session, { code }, delayMs = -1) => {
    session.endedWith = code;
    ended.push({ id: session.id, atMs: Date.now(), delayMs });
    if (isClosing(session as FakeSession)) session.connection.close();
  };
  const clock = { ...systemClock, now: () => Date.now() + lateMs };
  drain = new Drain({
    ...{ sessions, watchers, control: { end }, clock, metrics: { count } },
    random,
  });
});

afterEach(() => {
  vi.useRealTimers();
});

function add(id: string, parts: Partial<FakeSession> = {}): FakeSession {
  const connection = createFakeConnection(createFakeMembership(), id);
  const session = Object.assign(createFakeSession({ connection }), parts);
  connection.onClose((reason) => {
    sessions.remove(session);
    watchers.ended(session, reason);
  });
  sessions.add(session);
  watchers.began(session);
  return session;
}

function addMany(howMany: number): FakeSession[] {
  return Array.from({ length: howMany }, (_, index) => add(`${index}`));
}

/** Begins a drain; `result` is there once it is over. */
function begin(options: DrainOptions = {}) {
  const run: { result?: DrainResult } = {};
  void drain.run(resolveDrainOptions(options), stopAccepting).then((result) => {
    run.result = result;
  });
  return run;
}

const pass = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
const draining = expect.objectContaining({ code: 'SERVER_DRAINING' });

describe('a drain', () => {
  it('sends clients away in waves over its window, each told a delay up to the next wave', async () => {
    addMany(10);
    const run = begin({ windowMs: 5_000, waves: 5 });
    await pass(5_000);
    expect(ended.map(({ atMs }) => atMs)).toEqual([
      0, 0, 1_000, 1_000, 2_000, 2_000, 3_000, 3_000, 4_000, 4_000,
    ]);
    expect(ended.every(({ delayMs }) => delayMs === 500)).toBe(true);
    expect(new Set(ended.map(({ id }) => id)).size).toBe(10);
    expect(run.result).toEqual({ drained: 10, cut: 0, durationMs: 4_000 });
  });

  it('catches up with its window where a wave took longer than it has, from the next one on', async () => {
    addMany(4);
    const { connection } = sessions.all()[0] as FakeSession;
    connection.onClose(() => {
      lateMs = 2_500;
    });
    begin({ windowMs: 4_000, waves: 4 });
    await pass(4_000);
    expect(ended.map(({ atMs }) => atMs)).toEqual([0, 1_000, 1_001, 1_002]);
  });

  it('in one wave sends all away at once, and leaves the window to the delays', async () => {
    addMany(3);
    for (const drawn of [0, 0.25, 0.999]) random.mockReturnValueOnce(drawn);
    const run = begin({ windowMs: 4_000, waves: 1 });
    await pass();
    expect(ended.map(({ delayMs }) => delayMs)).toEqual([0, 1_000, 3_996]);
    expect(run.result).toMatchObject({ drained: 3, durationMs: 0 });
  });

  it('has nothing to wait for where nobody is there', async () => {
    const run = begin();
    await pass();
    expect(run.result).toEqual({ drained: 0, cut: 0, durationMs: 0 });
    expect(stopAccepting).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is known at once, and lets clients in until the delay for that is over', async () => {
    add('early');
    expect(drain.hasBegun).toBe(false);
    const run = begin({ readinessDelayMs: 3_000 });
    expect(drain.hasBegun).toBe(true);
    await pass(2_999);
    expect(() => drain.assertAdmitting()).not.toThrow();
    add('later');
    expect(ended).toEqual([]);
    expect(stopAccepting).not.toHaveBeenCalled();
    await pass(1);
    expect(() => drain.assertAdmitting()).toThrow(draining);
    await pass(5_000);
    expect(run.result).toMatchObject({ drained: 2 });
  });

  it('sends away whoever was let in when the doors were being closed', async () => {
    isClosing = ({ id }) => id !== 'slow';
    add('slow');
    begin({ windowMs: 1_000, waves: 1 });
    await pass(500);
    add('late');
    await pass();
    expect(ended).toMatchObject([{ id: 'slow' }, { id: 'late', atMs: 500, delayMs: 500 }]);
  });

  it('stops to listen once nobody polls: each poll is a connection of its own', async () => {
    const polling = add('polling');
    Object.assign(polling.connection, { isPolling: true });
    isClosing = (session) => session !== polling;
    for (let index = 0; index < 9; index += 1) add(`${index}`);
    begin({ windowMs: 1_000, waves: 10 });
    await pass(450);
    expect(stopAccepting).not.toHaveBeenCalled();
    polling.connection.disconnect();
    await pass(100);
    expect(stopAccepting).toHaveBeenCalledOnce();
  });

  it('counts what became of whom', async () => {
    isClosing = ({ id }) => id !== '0';
    addMany(3);
    const [, , last] = sessions.all();
    const run = begin({ windowMs: 1_000, waves: 10, deadlineMs: 10_000 });
    last?.connection.close();
    await pass(10_000);
    expect(run.result).toEqual({ drained: 1, cut: 1, durationMs: 8_500 });
    expect(count.mock.calls).toEqual([
      ['roomcast_drained_sessions_total', { result: 'drained' }, 1],
      ['roomcast_drained_sessions_total', { result: 'cut' }, 1],
    ]);
  });
});

describe('a session that has asked for something', () => {
  function addBusy() {
    let answer = () => {};
    const finish = vi.fn(() => new Promise<void>((resolve) => (answer = resolve)));
    return { session: add('busy', { requests: { finish } }), finish, answer: () => answer() };
  }

  it('is answered before it is sent away, and keeps nobody else waiting', async () => {
    const busy = addBusy();
    add('idle');
    const run = begin({ windowMs: 1_000, waves: 2 });
    await pass(3_000);
    expect(ended.map(({ id }) => id)).toEqual(['idle']);
    expect(run.result).toBeUndefined();
    busy.answer();
    await pass();
    expect(ended.at(-1)).toEqual({ id: 'busy', atMs: 3_000, delayMs: 250 });
    expect(busy.finish).toHaveBeenCalledOnce();
    expect(run.result).toMatchObject({ drained: 2, cut: 0 });
  });

  it('is sent away shortly before the deadline all the same, and not a second time', async () => {
    const busy = addBusy();
    const run = begin({ windowMs: 1_000, waves: 2, deadlineMs: 4_000 });
    await pass(2_999);
    expect(ended).toEqual([]);
    await pass(1);
    expect(ended).toEqual([{ id: 'busy', atMs: 3_000, delayMs: 500 }]);
    expect(run.result).toMatchObject({ drained: 1, durationMs: 3_000 });
    busy.answer();
    await pass(10_000);
    expect(ended).toHaveLength(1);
  });
});

describe('a client that takes its time to take what was written to it', () => {
  const addSlow = (tookAll: Promise<void>) => {
    const { connection } = add('slow');
    connection.whenGone = () => tookAll;
  };

  it('is waited for', async () => {
    let takeAll = () => {};
    addSlow(new Promise((resolve) => (takeAll = resolve)));
    const run = begin({ windowMs: 1_000, waves: 1 });
    await pass(400);
    expect(sessions.size).toBe(0);
    expect(run.result).toBeUndefined();
    takeAll();
    await pass();
    expect(run.result).toEqual({ drained: 1, cut: 0, durationMs: 400 });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is not waited for long: it may be dead', async () => {
    addSlow(new Promise(() => {}));
    const run = begin({ windowMs: 1_000, waves: 1 });
    await pass(999);
    expect(run.result).toBeUndefined();
    await pass(1);
    expect(run.result).toMatchObject({ drained: 1, durationMs: 1_000 });
  });
});

describe('a drain that is cut off', () => {
  it('sends everybody away at once, with delays over the whole window, and leaves no timer', async () => {
    addMany(4);
    const run = begin({ windowMs: 4_000, waves: 4 });
    await pass(500);
    drain.cutOff();
    await pass();
    expect(ended.map(({ atMs, delayMs }) => [atMs, delayMs])).toEqual([
      [0, 500],
      [500, 2_000],
      [500, 2_000],
      [500, 2_000],
    ]);
    expect(run.result).toEqual({ drained: 4, cut: 0, durationMs: 500 });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('before it begins is nothing', () => {
    add('alice');
    drain.cutOff();
    expect(ended).toEqual([]);
    expect(() => drain.assertAdmitting()).not.toThrow();
  });

  it('while it still lets clients in lets in no more', async () => {
    begin({ readinessDelayMs: 3_000 });
    drain.cutOff();
    expect(() => drain.assertAdmitting()).toThrow(draining);
  });
});
