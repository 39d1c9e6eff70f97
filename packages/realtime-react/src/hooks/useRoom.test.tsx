import { RoomcastError } from '@roomcast/realtime-contract';
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeClient } from '../../test/fakeClient.ts';
import { providers } from '../../test/providers.tsx';
import { useRoom } from './useRoom.ts';

let client: FakeClient;
beforeEach(() => {
  client = new FakeClient();
});
afterEach(cleanup);

type Target = ['event', { eventId: string }] | null;

function render(initialProps: Target = ['event', { eventId: '42' }]) {
  let renders = 0;
  const hook = renderHook(
    (room: Target) => {
      renders += 1;
      return useRoom(room);
    },
    { initialProps, wrapper: providers(client) },
  );
  return { ...hook, renders: () => renders };
}

it('tells the state, the position and the last recovery of a room', async () => {
  const { result } = render();
  expect(result.current).toEqual({
    state: { status: 'joining' },
    position: null,
    recovery: null,
  });
  const room = client.room('event-42');
  room.position = { epoch: 'a', offset: 3, revision: 0 };
  room.move({ status: 'joined' });
  const recovery = { status: 'fresh', during: 'join' } as const;
  client.recover(recovery, '42');
  await vi.waitFor(() =>
    expect(result.current).toEqual({
      ...{ state: { status: 'joined' }, recovery },
      position: { epoch: 'a', offset: 3, revision: 0 },
    }),
  );
});

it('renders once a frame, however many events move the position', async () => {
  const { result, renders } = render();
  const before = renders();
  for (let count = 0; count < 100; count += 1) client.publish('new-message', '42');
  await vi.waitFor(() => expect(result.current.position?.offset).toBe(100));
  expect(renders() - before).toBeLessThanOrEqual(2);
});

it('leaves the room for another, and none for null', () => {
  const { rerender } = render();
  expect(client.rooms).toEqual({ 'event-42': 1 });
  rerender(['event', { eventId: '43' }]);
  expect(client.rooms).toEqual({ 'event-43': 1 });
  rerender(null);
  expect(client.rooms).toEqual({});
  expect(client.listeners).toBe(0);
});

it('says why a room was refused', async () => {
  const { result } = render();
  const state = { status: 'refused', error: new RoomcastError('FORBIDDEN', 'No.') } as const;
  act(() => client.room('event-42').move(state));
  await vi.waitFor(() => expect(result.current.state).toBe(state));
});
