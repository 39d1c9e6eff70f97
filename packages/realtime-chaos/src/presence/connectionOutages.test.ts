import type { ConnectionState } from '@roomcast/realtime-client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ConnectionOutages } from './connectionOutages.ts';

const connected: ConnectionState = { status: 'connected', sessionId: 's', userId: 'u' };
const connecting: ConnectionState = { status: 'connecting' };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** How long each outage was of a client that changes its state after so many milliseconds. */
function lengths(...changes: readonly (readonly [number, ConnectionState])[]): readonly number[] {
  const outages = new ConnectionOutages('alice');
  outages.note(connected);
  for (const [afterMs, state] of changes) {
    vi.advanceTimersByTime(afterMs);
    outages.note(state);
  }
  return outages.all().map(({ fromMs, toMs }) => Math.round(toMs - fromMs));
}

it('lasts until there is a connection again, however many attempts that takes', () => {
  expect(lengths([10, connecting], [200, connecting], [300, connected])).toEqual([500]);
});

it('goes on where the connection is lost again before others can have seen it', () => {
  const cut = [
    [10, connecting],
    [500, connected],
  ] as const;
  expect(lengths(...cut, [999, connecting], [500, connected])).toEqual([1_999]);
  expect(lengths(...cut, [1_000, connecting], [500, connected])).toEqual([500, 500]);
});

it('lasts for ever where there is no connection', () => {
  expect(lengths([10, connecting])).toEqual([Number.POSITIVE_INFINITY]);
});
