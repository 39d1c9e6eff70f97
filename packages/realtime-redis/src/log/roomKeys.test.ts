import { expect, test } from 'vitest';
import { roomKeys } from './roomKeys.ts';

test('all keys of a room have the room as their hash tag, and its channel too', () => {
  const { all, news } = roomKeys('roomcast', 'event-42');
  expect([...all, news]).toHaveLength(9);
  for (const key of [...all, news]) expect(key).toMatch(/^roomcast:\{event-42\}:[a-z-]+$/);
  expect(new Set(all).size).toBe(8);
});

test('no room has a key of another one', () => {
  const rooms = ['a', 'a}', 'a}:log', '{a}', 'a}:meta', 'a:log'];
  const keys = rooms.flatMap((room) => [...roomKeys('roomcast', room).all]);
  expect(new Set(keys).size).toBe(keys.length);
});

test.each(['', '}', '}a', 'a\ud800'])('a room cannot be called %j', (room) => {
  expect(() => roomKeys('roomcast', room)).toThrow('Expected a room');
});
