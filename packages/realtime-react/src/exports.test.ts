// @vitest-environment node
import { expect, it } from 'vitest';
import * as react from './index.ts';

it('exports these values and no others', () => {
  expect(Object.keys(react)).toMatchInlineSnapshot(`
    [
      "createRealtimeHooks",
      "useConnectionStatus",
      "useEventWebSocket",
      "useRealtimeClient",
      "useRealtimeEvent",
      "useWebSocket",
      "RealtimeProvider",
    ]
  `);
});
