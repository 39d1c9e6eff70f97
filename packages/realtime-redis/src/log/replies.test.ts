import { isRoomcastError } from '@roomcast/realtime-contract';
import { expect, test } from 'vitest';
import { parsePublication, readPosition, readReadResult } from './replies.ts';

const isInternal = (error: unknown) => isRoomcastError(error, 'INTERNAL');

test.each([null, 'OK', [], ['epoch', 'x', '0'], ['', '1', '0'], ['epoch', '-1', '0']])(
  'a position that is %j is none',
  (reply) => {
    expect(() => readPosition(reply)).toThrow(expect.toSatisfy(isInternal));
  },
);

test.each([
  [['epoch', '1', '0', '0', '1', '0', 'gap', 'bored', '']],
  [['epoch', '1', '0', '0', '1', '0', 'continued', '0', 'text']],
  [['epoch', '1', '0', '0', '1', '0', 'continued', '0', ['{}']]],
])('an answer that is %j is none', (reply) => {
  expect(() => readReadResult(reply, null, 0)).toThrow(expect.toSatisfy(isInternal));
});

test.each([
  1,
  '',
  '[]',
  '{"position":{"epoch":"e","offset":1}}',
  '{"position":{"epoch":"e","offset":1,"revision":0},"room":"a","event":"b","delivery":"fast","publishedAtMs":1}',
])('news that are %j are none', (text) => {
  expect(parsePublication(text)).toBeNull();
});
