import { expect, it } from 'vitest';
import * as entry from './index.ts';

it('exports exactly this name, so that no change of the public API goes unnoticed', () => {
  expect(Object.keys(entry)).toEqual(['renderWithRealtime']);
});
