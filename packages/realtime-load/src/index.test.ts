import { expect, it } from 'vitest';
import * as load from './index.ts';

it('exports types alone: the command is what there is', () => {
  expect(Object.keys(load)).toEqual([]);
});
