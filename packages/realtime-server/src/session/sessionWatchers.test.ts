import { beforeEach, expect, it, vi } from 'vitest';
import { createFakeSession } from '../fakes/createFakeSession.ts';
import { SessionWatchers } from './sessionWatchers.ts';

const report = vi.fn();
const session = createFakeSession({ user: { id: 'alice' } });
const info = { id: session.id, user: { id: 'alice' }, dialect: 'framed' };
let watchers: SessionWatchers;

beforeEach(() => {
  report.mockReset();
  watchers = new SessionWatchers(report);
});

const createWatcher = () => ({ onBegin: vi.fn(), onJoin: vi.fn(), onEnd: vi.fn() });

it('tell what becomes of a session, and of it what authorisation may know', () => {
  const watcher = createWatcher();
  watchers.add(watcher);
  watchers.began(session);
  watchers.joined(session, 'event-42');
  watchers.ended(session, 'transport close');
  expect(watcher.onBegin.mock.calls).toEqual([[info]]);
  expect(watcher.onJoin.mock.calls).toEqual([[info, 'event-42']]);
  expect(watcher.onEnd.mock.calls).toEqual([[info, 'transport close']]);
});

it('tell with which code the server ended a session', () => {
  const watcher = createWatcher();
  watchers.add(watcher);
  watchers.ended({ ...session, endedWith: 'TOKEN_REVOKED' }, 'forced close');
  expect(watcher.onEnd.mock.calls).toEqual([[info, 'TOKEN_REVOKED']]);
});

it('are told until they end it, each for itself and as often as they were added', () => {
  const watcher = createWatcher();
  const stop = watchers.add(watcher);
  watchers.add(watcher);
  stop();
  stop();
  watchers.began(session);
  expect(watcher.onBegin).toHaveBeenCalledOnce();
});

it('may be objects with methods, and want to hear of one thing only', () => {
  class Watcher {
    readonly joined: string[] = [];
    onJoin(_: unknown, room: string) {
      this.joined.push(room);
    }
  }
  const watcher = new Watcher();
  watchers.add(watcher);
  watchers.began(session);
  watchers.joined(session, 'event-42');
  expect(watcher.joined).toEqual(['event-42']);
});

it('have what they throw reported, and do not keep the others from hearing', async () => {
  const failure = new Error('broken watcher');
  watchers.add({
    onBegin() {
      throw failure;
    },
  });
  watchers.add({ onBegin: () => Promise.reject(failure) });
  const watcher = createWatcher();
  watchers.add(watcher);
  watchers.began(session);
  expect(watcher.onBegin).toHaveBeenCalledOnce();
  await vi.waitFor(() =>
    expect(report.mock.calls).toEqual([
      [failure, 'session watcher'],
      [failure, 'session watcher'],
    ]),
  );
});
