import type { FramedMember } from '@roomcast/realtime-contract';
import { act, cleanup, renderHook } from '@testing-library/react';
import { StrictMode } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeClient } from '../../test/fakeClient.ts';
import { providers } from '../../test/providers.tsx';
import { usePresence } from './usePresence.ts';

let client: FakeClient;
beforeEach(() => {
  vi.useFakeTimers();
  client = new FakeClient();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

interface Props {
  readonly eventId: string | null;
  readonly name?: string;
}

function render(initialProps: Props, reactStrictMode = false) {
  return renderHook(
    ({ eventId, name }: Props) =>
      usePresence(eventId === null ? null : ['event', { eventId }], name ? { data: { name } } : {}),
    { initialProps, wrapper: providers(client), reactStrictMode },
  );
}

/** A frame as the server writes it. */
const presenceOf = (all: readonly FramedMember[], count: number) => {
  const room = 'event-42';
  return { type: 'presence', room, body: { room, all: all.map(Object.values), count } } as const;
};

const turn = () => act(() => vi.advanceTimersByTimeAsync(0));
/** Is let into the room, so that presence is asked for. */
async function join(room = 'event-42') {
  client.room(room).move({ status: 'joined' });
  await turn();
}
/** What was asked for: `event-42 members Alice`. */
const asked = () =>
  client.askedPresence.map(({ room, follow, member }) =>
    [room, follow, (member?.data as Props | undefined)?.name ?? 'nobody'].join(' '),
  );

it('is present, and shows who is', async () => {
  const { result } = render({ eventId: '42', name: 'Alice' });
  expect(result.current).toMatchObject({ status: 'joining', members: [], count: 0 });
  await join();
  expect(asked()).toEqual(['event-42 members Alice']);
  const members = [{ id: 'a', userId: 'alice', data: { name: 'Alice' } }];
  act(() => client.presenceFrames.notify(presenceOf(members, 7)));
  expect(result.current).toMatchObject({ status: 'joined', members, count: 7 });
});

it('asks once for what changes, and for nothing that is only written anew', async () => {
  const { rerender } = render({ eventId: '42', name: 'Alice' });
  await join();
  rerender({ eventId: '42', name: 'Alice' });
  await turn();
  rerender({ eventId: '42', name: 'Alicia' });
  await turn();
  rerender({ eventId: '42' });
  await turn();
  expect(asked()).toEqual([
    ...['event-42 members Alice', 'event-42 members Alicia'],
    'event-42 members nobody',
  ]);
});

it('asks once under StrictMode', async () => {
  expect(StrictMode).toBeDefined();
  client.room('event-42').state = { status: 'joined' };
  render({ eventId: '42', name: 'Alice' }, true);
  await turn();
  await act(() => vi.advanceTimersByTimeAsync(5_000));
  expect(asked()).toEqual(['event-42 members Alice']);
});

it('goes to another room, and leaves the last one when it is unmounted', async () => {
  client.room('event-42').state = { status: 'joined' };
  client.room('event-43').state = { status: 'joined' };
  const { rerender, unmount } = render({ eventId: '42', name: 'Alice' });
  await turn();
  rerender({ eventId: '43', name: 'Alice' });
  await act(() => vi.advanceTimersByTimeAsync(1_000));
  expect(asked()).toEqual([
    ...['event-42 members Alice', 'event-43 members Alice', 'event-42 none nobody'],
  ]);
  unmount();
  await act(() => vi.advanceTimersByTimeAsync(1_000));
  expect(asked().at(-1)).toBe('event-43 none nobody');
  expect(client.rooms).toEqual({});
});

it('is nowhere without a room, and refused where no room can have the id', () => {
  const { result, rerender } = render({ eventId: null, name: 'Alice' });
  expect(result.current.status).toBe('joining');
  expect(client.rooms).toEqual({});
  rerender({ eventId: '', name: 'Alice' });
  expect(result.current).toMatchObject({ status: 'refused', error: { code: 'INVALID_ROOM' } });
});
