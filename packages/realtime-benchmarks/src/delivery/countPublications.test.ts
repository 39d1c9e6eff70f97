import { describe, expect, it } from 'vitest';
import { createWorkload } from '../peers/workload.ts';
import { checkPayloads, countOffsets } from './countPublications.ts';

describe('counting offsets', () => {
  const encode = (...offsets: readonly number[]) =>
    JSON.stringify(['event-42', 'epoch', offsets.map((offset) => ['sold', 0, offset, 'note', {}])]);

  /** Messages that stand between others in the memory that they are in. */
  function count(...messages: readonly string[]) {
    const countIn = countOffsets('sold');
    return messages.map((message) => {
      const around = encode(98, 99);
      const data = Buffer.from(around + message + around);
      return countIn(0x81, data, around.length, around.length + message.length);
    });
  }

  it('counts by the first and the last of each message', () => {
    expect(count(encode(9), encode(10, 11, 12), encode(13))).toEqual([1, 3, 1]);
  });

  it.each([
    ['lost', [encode(1), encode(3)]],
    ['there twice', [encode(1, 2), encode(2)]],
    ['not there', ['R{"result":{}}']],
  ])('fails where one is %s', (_, messages) => {
    expect(() => count(...messages)).toThrow('Expected the publications behind');
  });
});

describe('checking payloads', () => {
  const workload = createWorkload({ workload: 'purchases', eventId: '42', count: 3 });

  /** Reads messages that hold lists of payloads. */
  function check(...messages: readonly unknown[][]) {
    const sent: number[][] = [];
    const count = checkPayloads(
      workload,
      (_, data) => JSON.parse(data.toString()),
      (...times) => sent.push(times),
    );
    const counts = messages.map((payloads) => {
      const data = Buffer.from(JSON.stringify(payloads));
      return count(0x81, data, 0, data.length);
    });
    return { counts, sent };
  }

  const [first, second, third] = [0, 1, 2].map(workload.payload);

  it('counts what comes in its order, one by one or together', () => {
    const timed = { ...second, sentAtMs: 7, lateMs: 1 };
    expect(check([first], [timed, third])).toEqual({ counts: [1, 2], sent: [[7, 1]] });
  });

  it.each([
    ['missing', [[first], [third]]],
    ['there twice', [[first, first]]],
    ['out of order', [[second], [first]]],
    ['another', [[{ ...first, price: 1 }]]],
    ['none', [[null]]],
  ])('fails where one is %s', (_, messages) => {
    expect(() => check(...messages)).toThrow('of the workload');
  });
});
