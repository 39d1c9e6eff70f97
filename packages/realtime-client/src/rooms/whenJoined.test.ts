import { RoomcastError } from '@roomcast/realtime-contract';
import { expect, test, vi } from 'vitest';
import { Subscribers } from '../subscribers.ts';
import type { RoomState } from './room.ts';
import { whenJoined } from './whenJoined.ts';

function fakeSubscription() {
  const watchers = new Subscribers<RoomState>('watchState', vi.fn());
  let state: RoomState = { status: 'joining' };
  return {
    watchers,
    get state() {
      return state;
    },
    watchState: (callback: (state: RoomState) => void) => watchers.add(callback),
    become(next: RoomState) {
      state = next;
      watchers.notify(next);
    },
  };
}

test('resolves when the room is joined, and stops watching', async () => {
  const subscription = fakeSubscription();
  const joined = whenJoined(subscription, undefined);
  expect(subscription.watchers.size).toBe(1);
  subscription.become({ status: 'joined' });
  await joined;
  expect(subscription.watchers.size).toBe(0);
});

test('resolves at once in a room that is joined', async () => {
  const subscription = fakeSubscription();
  subscription.become({ status: 'joined' });
  await whenJoined(subscription, undefined);
});

test('rejects with the refusal', async () => {
  const subscription = fakeSubscription();
  const joined = whenJoined(subscription, undefined);
  const error = new RoomcastError('FORBIDDEN', 'Not for you.');
  subscription.become({ status: 'refused', error });
  await expect(joined).rejects.toBe(error);
});

test('rejects with the reason of a signal, before and after it aborts', async () => {
  const subscription = fakeSubscription();
  const reason = new Error('no longer interested');
  await expect(whenJoined(subscription, AbortSignal.abort(reason))).rejects.toBe(reason);

  const abort = new AbortController();
  const joined = whenJoined(subscription, abort.signal);
  abort.abort(reason);
  await expect(joined).rejects.toBe(reason);
  expect(subscription.watchers.size).toBe(0);
});
