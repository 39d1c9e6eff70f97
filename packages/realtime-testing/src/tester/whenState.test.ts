import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { whenState } from './whenState.ts';

interface FakeState {
  readonly status: string;
  readonly error?: unknown;
}

function fakeWatchable(first: FakeState) {
  const callbacks = new Set<(state: FakeState) => void>();
  let state = first;
  return {
    callbacks,
    get state() {
      return state;
    },
    watchState(callback: (state: FakeState) => void) {
      callbacks.add(callback);
      return () => void callbacks.delete(callback);
    },
    become(next: FakeState) {
      state = next;
      for (const callback of [...callbacks]) callback(next);
    },
  };
}

const options = { timeoutMs: 100, failure: () => new Error('in vain') };
const isConnected = ({ status }: FakeState) => status === 'connected';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe('whenState', () => {
  it('resolves at once where the state fits', async () => {
    const watchable = fakeWatchable({ status: 'connected' });
    await whenState(watchable, isConnected, options);
    expect(watchable.callbacks.size).toBe(0);
  });

  it('resolves with the first state that fits, and stops watching', async () => {
    const watchable = fakeWatchable({ status: 'idle' });
    const reached = whenState(watchable, isConnected, options);
    watchable.become({ status: 'connecting' });
    expect(watchable.callbacks.size).toBe(1);
    watchable.become({ status: 'connected' });
    await reached;
    expect(watchable.callbacks.size).toBe(0);
  });

  it('rejects with the error of a state that is final', async () => {
    const watchable = fakeWatchable({ status: 'connecting' });
    const reached = whenState(watchable, isConnected, options);
    const error = new Error('refused');
    watchable.become({ status: 'closed', error });
    await expect(reached).rejects.toBe(error);
    expect(watchable.callbacks.size).toBe(0);
  });

  it('rejects where the state is final already, or has no error', async () => {
    const watchable = fakeWatchable({ status: 'closed', error: null });
    await expect(whenState(watchable, isConnected, options)).rejects.toThrow('in vain');
  });

  it('rejects in time', async () => {
    const watchable = fakeWatchable({ status: 'connecting' });
    const reached = whenState(watchable, isConnected, options);
    watchable.become({ status: 'reconnecting' });
    const failed = expect(reached).rejects.toThrow('in vain');
    await vi.advanceTimersByTimeAsync(100);
    await failed;
    expect(watchable.callbacks.size).toBe(0);
  });
});
