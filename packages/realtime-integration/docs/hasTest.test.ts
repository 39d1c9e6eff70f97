import { expect, it } from 'vitest';
import { hasTest } from './hasTest.ts';

const source = `
describe.each([['a group']])('of %s', () => {
  it('stands alone (really)', async () => {});
  it.each<[string, number]>([
    ['a first', 1],
    ['a second', fail('a', () => {})],
  ])('has %s case', (_, number) => {});
  // it('is commented out', () => {});
  it('has no body');
  it.each(cases)('follows %s', () => {});
});
const cases = ['a third'];
`;

it.each(['stands alone (really)', 'has a first case', 'has a second case', 'follows a third'])(
  'finds the test "%s"',
  (title) => {
    expect(hasTest(source, title)).toBe(true);
  },
);

it.each([
  ...['stands alone', 'has a third case', 'has %s case', 'of a group'],
  ...['is commented out', 'has no body', ''],
])('finds no test "%s"', (title) => {
  expect(hasTest(source, title)).toBe(false);
});

it('finds none where something is skipped', () => {
  const skipped = source.replace('describe.each', 'describe.skip.each');
  expect(hasTest(skipped, 'stands alone (really)')).toBe(false);
});
