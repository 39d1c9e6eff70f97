import { expect, it } from 'vitest';
import { createRotation } from './createRotation.ts';

const ports = [1, 2, 3];

it('gives every node its turn', () => {
  const rotation = createRotation(ports);
  const first = Array.from({ length: 6 }, () => rotation.next()[0]);
  expect(first).toEqual([2, 3, 1, 2, 3, 1]);
});

it('names every node, so that another one can be tried', () => {
  expect(createRotation(ports).next()).toEqual([2, 3, 1]);
});

it('puts those last that are not ready, until they are', () => {
  const rotation = createRotation(ports);
  rotation.mark(3, false);
  for (let turn = 0; turn < 6; turn += 1) expect(rotation.next()[2]).toBe(3);
  rotation.mark(3, true);
  expect(Array.from({ length: 3 }, () => rotation.next()[0]).toSorted()).toEqual(ports);
});

it('tries all where none is ready', () => {
  const rotation = createRotation(ports);
  for (const port of ports) rotation.mark(port, false);
  expect(rotation.next().toSorted()).toEqual(ports);
});
