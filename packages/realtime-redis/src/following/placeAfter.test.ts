import type { Delivery, Position } from '@roomcast/realtime-contract';
import { expect, test } from 'vitest';
import { placeAfter } from './placeAfter.ts';

const known: Position = { epoch: 'epoch', offset: 5, revision: 3 };

test.each<[Delivery, offset: number, revision: number, place: string]>([
  ['reliable', 5, 3, 'known'],
  ['reliable', 6, 3, 'next'],
  ['reliable', 7, 3, 'ahead'],
  ['reliable', 6, 4, 'ahead'],
  ['latest', 5, 3, 'known'],
  ['latest', 5, 4, 'next'],
  ['latest', 5, 5, 'ahead'],
  ['latest', 6, 4, 'ahead'],
  ['volatile', 5, 3, 'next'],
  ['volatile', 4, 3, 'next'],
  ['volatile', 6, 3, 'ahead'],
  ['volatile', 5, 4, 'ahead'],
])('%s news at offset %i and revision %i are %s', (delivery, offset, revision, place) => {
  expect(placeAfter(known, { epoch: 'epoch', offset, revision }, delivery)).toBe(place);
});

test.each<Delivery>(['reliable', 'latest', 'volatile'])(
  '%s news of another epoch are ahead, since something is missing',
  (delivery) => {
    expect(placeAfter(known, { ...known, epoch: 'another' }, delivery)).toBe('ahead');
  },
);
