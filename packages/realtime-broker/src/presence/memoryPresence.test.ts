import { RoomcastError } from '@roomcast/realtime-contract';
import { expect, it, vi } from 'vitest';
import { createMemoryPresenceStore } from './createMemoryPresenceStore.ts';

const alice = { id: 'a', userId: 'alice', data: { page: 1 } };

it.each([-1, 0.5, Number.NaN])('refuses %s as the most members', (maxMembers) => {
  expect(() => createMemoryPresenceStore({ maxMembers })).toThrow(
    expect.objectContaining({ code: 'INVALID_CONFIG' }) as RoomcastError,
  );
});

it('reports what a listener throws, and tells the others', async () => {
  const onError = vi.fn();
  const store = createMemoryPresenceStore({ onError });
  const failure = new RoomcastError('INTERNAL', 'No.');
  const fail = () => {
    throw failure;
  };
  store.watch('room', { onState: fail, onChange: fail });
  const onChange = vi.fn();
  store.watch('room', { onState: vi.fn(), onChange });
  await store.enter('room', alice, 'c-1');
  expect(onChange).toHaveBeenCalledExactlyOnceWith({ entered: alice, count: 1 });
  expect(onError.mock.calls).toEqual([
    [failure, 'onState'],
    [failure, 'onChange'],
  ]);
});
