// @vitest-environment node
import { expect, it } from 'vitest';
import * as devtools from './index.ts';

it('exports the devtools and nothing else', () => {
  expect(Object.keys(devtools)).toEqual(['RealtimeDevtools']);
});
