import type { Delivery, Publication } from '@roomcast/realtime-contract';
import { describe, expect, it } from 'vitest';
import { isNewer } from './isNewer.ts';

function publication(delivery: Delivery, position: Partial<Publication['position']>): Publication {
  return {
    ...{ room: 'event-1', event: 'posted', payload: '', delivery, publishedAtMs: 0 },
    position: { epoch: 'one', offset: 5, revision: 5, ...position },
  };
}

const held = { epoch: 'one', offset: 5, revision: 5 };

describe('isNewer', () => {
  it.each([
    [4, false],
    [5, false],
    [6, true],
  ])('compares the offset %i of a reliable publication', (offset, expected) => {
    expect(isNewer(publication('reliable', { offset, revision: 9 }), held)).toBe(expected);
  });

  it.each([
    [4, false],
    [5, false],
    [6, true],
  ])('compares the revision %i of a latest publication', (revision, expected) => {
    expect(isNewer(publication('latest', { revision, offset: 9 }), held)).toBe(expected);
  });

  it('takes everything of another epoch for newer, whatever its numbers', () => {
    expect(isNewer(publication('reliable', { epoch: 'two', offset: 1 }), held)).toBe(true);
    expect(isNewer(publication('latest', { epoch: 'two', revision: 1 }), held)).toBe(true);
  });

  it('never takes a volatile publication for newer', () => {
    expect(isNewer(publication('volatile', { offset: 9, revision: 9 }), held)).toBe(false);
    expect(isNewer(publication('volatile', { epoch: 'two' }), held)).toBe(false);
  });
});
