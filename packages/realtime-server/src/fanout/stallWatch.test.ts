import { systemClock } from '@roomcast/realtime-contract';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createFakeSession, type FakeSession } from '../fakes/createFakeSession.ts';
import { watchStalls } from './stallWatch.ts';

const onStalled = vi.fn();
let session: FakeSession;
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  onStalled.mockReset();
  session = createFakeSession();
  stop = watchStalls({
    ...{ clock: systemClock, stallTimeoutMs: 10_000, onStalled },
    sessions: () => [session],
  });
});

afterEach(() => {
  stop();
  vi.useRealTimers();
});

/** Lets time pass while the queue changes once a second. */
function pass(seconds: number, change: (second: number) => void = () => {}): void {
  for (let second = 1; second <= seconds; second += 1) {
    change(second);
    vi.advanceTimersByTime(1_000);
  }
}

it('a connection that takes nothing of what waits is stalled after its time', () => {
  session.connection.waitingBytes = 500;
  pass(11);
  expect(onStalled).not.toHaveBeenCalled();
  pass(2);
  expect(onStalled).toHaveBeenCalledExactlyOnceWith(session);
});

it('what is written meanwhile does not look like progress', () => {
  pass(13, (second) => {
    session.connection.waitingBytes = 500 * second;
  });
  expect(onStalled).toHaveBeenCalledWith(session);
});

it.each([
  [
    'takes some of it',
    (second: number) => {
      session.connection.waitingBytes = 5_000;
      session.connection.takenBytes = second;
    },
  ],
  [
    'has less waiting each time',
    (second: number) => {
      session.connection.waitingBytes = 5_000 - second;
    },
  ],
  [
    'has nothing waiting now and then',
    (second: number) => {
      session.connection.waitingBytes = second % 5 === 0 ? 0 : 500;
    },
  ],
  ['has nothing waiting', () => {}],
])('a connection that %s is slow at most', (_, change) => {
  pass(60, change);
  expect(onStalled).not.toHaveBeenCalled();
});

it('nothing is looked at after the end', () => {
  session.connection.waitingBytes = 500;
  stop();
  expect(vi.getTimerCount()).toBe(0);
});
