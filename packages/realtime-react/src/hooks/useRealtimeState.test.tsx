import type { RoomPublication } from '@roomcast/realtime-client';
import { act, cleanup, renderHook } from '@testing-library/react';
import { type PropsWithChildren, StrictMode } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeClient } from '../../test/fakeClient.ts';
import { providers } from '../../test/providers.tsx';
import { useRealtimeState } from './useRealtimeState.ts';

let client: FakeClient;
let reported: unknown[];
beforeEach(() => {
  reported = [];
  client = new FakeClient();
  client.ports = { ...client.ports, report: (error) => reported.push(error) };
});
afterEach(cleanup);

const initial: readonly string[] = [];

function render(
  reduce = (names: readonly string[], { event }: RoomPublication): readonly string[] => [
    ...names,
    event,
  ],
) {
  let renders = 0;
  const Providers = providers(client);
  const wrapper = ({ children }: PropsWithChildren) => (
    <StrictMode>
      <Providers>{children}</Providers>
    </StrictMode>
  );
  const hook = renderHook(
    ({ eventId, ...options }) => {
      renders += 1;
      return useRealtimeState(eventId ? ['event', { eventId }] : null, { initial, ...options });
    },
    { initialProps: { eventId: '42' as string | null, reduce }, wrapper },
  );
  return { ...hook, renders: () => renders };
}

it('reduces every event in its order, and renders once a frame', async () => {
  const { result, renders } = render();
  expect(result.current).toBe(initial);
  const before = renders();
  const names = Array.from({ length: 100 }, (_, index) =>
    index % 2 === 0 ? 'new-message' : 'event-updated',
  );
  for (const name of names) client.publish(name, '42');
  client.publish('new-message', '43');
  await vi.waitFor(() => expect(result.current).toEqual(names));
  // StrictMode renders everything twice.
  expect(renders() - before).toBeLessThanOrEqual(4);
});

it('reduces by the newest function, without joining again', async () => {
  const { result, rerender } = render();
  client.publish('new-message', '42');
  await vi.waitFor(() => expect(result.current).toHaveLength(1));
  rerender({ eventId: '42', reduce: (names) => [...names, 'new'] });
  expect(client.rooms).toEqual({ 'event-42': 1 });
  client.publish('new-message', '42');
  await vi.waitFor(() => expect(result.current).toEqual(['new-message', 'new']));
});

it('begins anew in another room, and leaves nothing behind', async () => {
  const { result, rerender, unmount } = render();
  client.publish('new-message', '42');
  await vi.waitFor(() => expect(result.current).toHaveLength(1));
  const reduce = (names: readonly string[]) => names;
  rerender({ eventId: '43', reduce });
  expect(result.current).toBe(initial);
  expect(client.rooms).toEqual({ 'event-43': 1 });
  rerender({ eventId: null, reduce });
  expect(client.rooms).toEqual({});
  unmount();
  expect(client.listeners).toBe(0);
});

it('keeps its state where the function throws, and reports it', async () => {
  const { result } = render((names, { event }) => {
    if (event === 'event-updated') throw new Error('Broken.');
    return [...names, event];
  });
  act(() => {
    client.publish('event-updated', '42');
    client.publish('new-message', '42');
  });
  await vi.waitFor(() => expect(result.current).toEqual(['new-message']));
  expect(reported).toEqual([new Error('Broken.')]);
});
