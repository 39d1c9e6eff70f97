import { describe, expect, it } from 'vitest';
import type { Published } from '../publishing/published.ts';
import { judgeMember } from './judgeMember.ts';

const publish = (id: number, rest: Partial<Published> = {}): Published => ({
  ...{ id, eventId: '1', atMs: id, outcome: 'resolved', sequence: '', epoch: 'a', offset: id },
  ...rest,
});
const five = [1, 2, 3, 4, 5].map((id) => publish(id));
const judge = (heard: readonly number[], signalsAt: readonly number[] = [], published = five) =>
  judgeMember(
    {
      heard: Float64Array.from(heard),
      signals: signalsAt.map((at) => ({ at, reason: 'overflow' })),
    },
    published,
  );
const faultless = {
  ...{ expected: 5, lost: [], unsignalled: [], twice: [], disordered: [], failedYetHeard: [] },
};

describe('what a member has heard', () => {
  it('is faultless where it is all, once and in order', () => {
    expect(judge([1, 2, 3, 4, 5])).toEqual(faultless);
  });

  it('lacks what is missing without a word', () => {
    expect(judge([1, 2, 5])).toMatchObject({ lost: [3, 4], unsignalled: [3, 4] });
    expect(judge([])).toMatchObject({ unsignalled: [1, 2, 3, 4, 5] });
  });

  it('may lack what it was told of, right where that is missing', () => {
    expect(judge([1, 2, 5], [2])).toMatchObject({ lost: [3, 4], unsignalled: [] });
    expect(judge([1, 2, 3], [3])).toMatchObject({ lost: [4, 5], unsignalled: [] });
    expect(judge([3, 4, 5], [0])).toMatchObject({ lost: [1, 2], unsignalled: [] });
    expect(judge([1, 2, 5], [1])).toMatchObject({ unsignalled: [3, 4] });
    expect(judge([1, 2, 5], [3])).toMatchObject({ unsignalled: [3, 4] });
  });

  it('is told of each hole by itself', () => {
    expect(judge([1, 3, 5], [1])).toMatchObject({ lost: [2, 4], unsignalled: [4] });
  });

  it('may have heard in one log what was appended to the next one when it was tried again', () => {
    const next = (id: number, offset: number) => publish(id, { epoch: 'b', offset });
    const published = [publish(1), next(3, 1), { ...next(2, 2), isRetry: true }, next(4, 3)];
    expect(judge([1, 2, 4], [2], published)).toMatchObject({ lost: [3], unsignalled: [] });
    expect(judge([1, 2, 4], [], published)).toMatchObject({ lost: [3], unsignalled: [3] });
  });

  it('has nothing twice, unless it was told that the log began anew', () => {
    expect(judge([1, 2, 2, 3, 4, 5])).toMatchObject({ twice: [2], lost: [] });
    expect(judge([1, 2, 2, 3, 4, 5], [2])).toMatchObject({ twice: [] });
  });

  it('is in the order of the log', () => {
    expect(judge([1, 3, 2, 4, 5])).toMatchObject({ disordered: [2], lost: [] });
  });

  it('has no order between two logs', () => {
    const published = [publish(1), publish(2, { epoch: 'b', offset: 1 }), publish(3)];
    expect(judge([1, 2, 3], [], published)).toMatchObject({ disordered: [] });
  });

  it('has an order of its own for each sequence, and holes', () => {
    const published = [...five, ...[11, 12].map((id) => publish(id, { sequence: 'other' }))];
    expect(judge([12, 1, 2, 11, 3, 4, 5], [], published)).toMatchObject({ disordered: [11] });
    expect(judge([11, 1, 2, 12, 5], [3], published)).toMatchObject({ unsignalled: [] });
    expect(judge([11, 1, 2, 3, 4, 5], [6], published)).toMatchObject({ unsignalled: [] });
    expect(judge([11, 1, 2, 3, 4, 5], [0], published)).toMatchObject({ unsignalled: [12] });
  });

  it('has nothing of what failed, and may have what nobody knows of', () => {
    const published = [
      publish(1),
      publish(2, { outcome: 'failed', epoch: '', offset: 0 }),
      publish(3, { outcome: 'unknown', epoch: '', offset: 0 }),
    ];
    expect(judge([1, 2, 3], [], published)).toMatchObject({ failedYetHeard: [2], twice: [] });
    expect(judge([1], [], published)).toMatchObject({ lost: [], unsignalled: [] });
  });
});
