import { expect, test } from 'vitest';
import * as broadcaster from './index.ts';

test('the package exports these values and no others', () => {
  expect(Object.keys(broadcaster)).toMatchInlineSnapshot(`
    [
      "createBroadcaster",
      "WebSocketBroadcaster",
    ]
  `);
});
