import type { Clock } from '@roomcast/realtime-contract';
import { describe, expect, it, vi } from 'vitest';
import { createEventOpener } from './createEventOpener.ts';
import { type FindKey, OpeningKeys } from './openingKeys.ts';

const room = { room: 'chat-1', kind: 'chat', params: { chatId: '1' } };
const bytes = new Uint8Array(32);

function create(keys: FindKey, maxKeys = 2) {
  const timers: (() => void)[] = [];
  const clock: Clock = {
    now: () => 0,
    schedule: (callback) => {
      timers.push(callback);
      return () => {};
    },
  };
  return { timers, found: new OpeningKeys({ keys, clock, maxKeys, timeoutMs: 10_000 }) };
}

describe('OpeningKeys', () => {
  it('asks once for an id of a room, also while the answer is on its way', async () => {
    const keys = vi.fn(() => Promise.resolve(bytes));
    const { found } = create(keys);
    const all = await Promise.all([found.find('a', room), found.find('a', room)]);
    expect(await found.find('a', room)).toBe(all[0]);
    expect(keys.mock.calls).toEqual([['a', room]]);
    await found.find('a', { ...room, room: 'chat-2' });
    expect(keys).toHaveBeenCalledTimes(2);
  });

  it('forgets the key that was not used for longest where there are too many', async () => {
    const keys = vi.fn((_id: string) => bytes);
    const { found } = create(keys);
    for (const id of ['a', 'b', 'a', 'c', 'a', 'b']) await found.find(id, room);
    expect(keys.mock.calls.map(([id]) => id)).toEqual(['a', 'b', 'c', 'b']);
  });

  it('gives up on an answer that does not come, and asks again', async () => {
    const keys = vi.fn<FindKey>(() => bytes).mockReturnValueOnce(new Promise(() => {}));
    const { found, timers } = create(keys);
    const lost = found.find('a', room);
    for (const timer of timers) timer();
    await expect(lost).rejects.toThrow('within 10000 ms');
    expect(await found.find('a', room)).toMatchObject({ type: 'secret' });
  });

  it('keeps no answer that there is no key, nor one that is none', async () => {
    const keys = vi.fn<FindKey>(() => bytes);
    keys.mockReturnValueOnce(null).mockReturnValueOnce(new Uint8Array(5));
    const { found } = create(keys);
    expect(await found.find('a', room)).toBeNull();
    await expect(found.find('a', room)).rejects.toMatchObject({ code: 'INVALID_CONFIG' });
    expect(await found.find('a', room)).toMatchObject({ type: 'secret' });
  });
});

it.each([{ timeoutMs: 0 }, { maxKeys: -1 }, { maxKeys: Number.NaN }])(
  'an opener refuses %j',
  (options) => {
    const create = () => createEventOpener({ keys: () => null, ...options });
    expect(create).toThrow(expect.objectContaining({ code: 'INVALID_CONFIG' }));
  },
);
