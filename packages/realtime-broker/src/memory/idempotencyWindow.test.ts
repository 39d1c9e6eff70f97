import type { Clock, PublishResult } from '@roomcast/realtime-contract';
import { expect, test } from 'vitest';
import { IdempotencyWindow, idempotencyWindowMs } from './idempotencyWindow.ts';

function createWindow() {
  let nowMs = 1_000;
  const clock: Clock = { now: () => nowMs, schedule: () => () => {} };
  const advance = (byMs: number) => {
    nowMs += byMs;
  };
  return { window: new IdempotencyWindow(clock), advance };
}

const resultAt = (offset: number): PublishResult => ({
  position: { epoch: 'epoch', offset, revision: 0 },
});

test('a key is found for five minutes and not a millisecond longer', () => {
  const { window, advance } = createWindow();
  window.remember('event-1', 'order-1', resultAt(1));
  expect(idempotencyWindowMs).toBe(300_000);
  advance(299_999);
  expect(window.find('event-1', 'order-1')).toEqual(resultAt(1));
  advance(1);
  expect(window.find('event-1', 'order-1')).toBeUndefined();
});

test('finding a key does not keep it for longer', () => {
  const { window, advance } = createWindow();
  window.remember('event-1', 'order-1', resultAt(1));
  advance(200_000);
  window.find('event-1', 'order-1');
  advance(200_000);
  expect(window.find('event-1', 'order-1')).toBeUndefined();
});

test('a key that is remembered again begins a new window with the new result', () => {
  const { window, advance } = createWindow();
  window.remember('event-1', 'order-1', resultAt(1));
  advance(300_000);
  window.remember('event-1', 'order-1', resultAt(2));
  advance(299_999);
  expect(window.find('event-1', 'order-1')).toEqual(resultAt(2));
});

test('a key belongs to its room', () => {
  const { window } = createWindow();
  window.remember('event-1', 'order-1', resultAt(1));
  expect(window.find('event-2', 'order-1')).toBeUndefined();
  expect(window.find('event-1', 'order-2')).toBeUndefined();
});

test('no characters let a room and a key pass for another pair', () => {
  const { window } = createWindow();
  window.remember('a b', 'c', resultAt(1));
  window.remember('3 a', 'b', resultAt(2));
  expect(window.find('a', 'b c')).toBeUndefined();
  expect(window.find('a ', 'bc')).toBeUndefined();
  expect(window.find('a b', 'c')).toEqual(resultAt(1));
  expect(window.find('3 a', 'b')).toEqual(resultAt(2));
});

test('a key that is remembered again is not among the oldest any more', () => {
  const { window } = createWindow();
  for (let index = 1; index <= 100_000; index += 1) {
    window.remember('event-1', `order-${index}`, resultAt(index));
  }
  window.remember('event-1', 'order-1', resultAt(1));
  window.remember('event-1', 'order-100001', resultAt(100_001));
  expect(window.find('event-1', 'order-1')).toEqual(resultAt(1));
  expect(window.find('event-1', 'order-2')).toBeUndefined();
});

test('of more than 100,000 keys the oldest are forgotten', () => {
  const { window } = createWindow();
  for (let index = 1; index <= 100_001; index += 1) {
    window.remember('event-1', `order-${index}`, resultAt(index));
  }
  expect(window.find('event-1', 'order-1')).toBeUndefined();
  expect(window.find('event-1', 'order-2')).toEqual(resultAt(2));
  expect(window.find('event-1', 'order-100001')).toEqual(resultAt(100_001));
});
