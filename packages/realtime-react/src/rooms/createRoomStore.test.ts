// @vitest-environment node
import { expect, it, vi } from 'vitest';
import { FakeClient } from '../../test/fakeClient.ts';
import { createRoomStore, noRoomStore } from './createRoomStore.ts';

const joining = { status: 'joining' };

it('asks for nothing before somebody subscribes', () => {
  const client = new FakeClient();
  const store = createRoomStore(client, ['event', { eventId: '42' }]);
  expect(store.getState()).toEqual(joining);
  expect(client.rooms).toEqual({});
  expect(client.calls).toEqual([]);
});

it('follows the room, with the same state until that changes', () => {
  const client = new FakeClient();
  const store = createRoomStore(client, ['event', { eventId: '42' }]);
  const onChange = vi.fn();
  store.subscribe(onChange);
  expect(store.getState()).toBe(store.getState());
  client.room('event-42').move({ status: 'joined' });
  expect(onChange).toHaveBeenCalledTimes(1);
  expect(store.getState()).toEqual({ status: 'joined' });
});

it('leaves the room with its subscriber, knows nothing of it then, and can be used again', () => {
  const client = new FakeClient();
  const store = createRoomStore(client, ['event', { eventId: '42' }]);
  const stop = store.subscribe(() => {});
  client.room('event-42').move({ status: 'joined' });
  stop();
  expect(store.getState()).toEqual(joining);
  expect(client.rooms).toEqual({});
  expect(client.room('event-42').watchers.size).toBe(0);
  store.subscribe(() => {});
  expect(store.getState()).toEqual({ status: 'joined' });
});

it('is joining for good where there is no room', () => {
  noRoomStore.subscribe(() => {})();
  expect(noRoomStore.getState()).toEqual(joining);
});
