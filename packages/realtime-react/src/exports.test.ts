// @vitest-environment node
import { expect, it } from 'vitest';
import * as react from './index.ts';

it('exports these values and no others', () => {
  expect(Object.keys(react)).toMatchInlineSnapshot(`
    [
      "createRealtimeHooks",
      "useAction",
      "useConnectionStatus",
      "useEventWebSocket",
      "usePresence",
      "useQuerySync",
      "useRealtimeClient",
      "useRealtimeEvent",
      "useRealtimeQuery",
      "useRealtimeState",
      "useRoom",
      "useWebSocket",
      "defineQuerySync",
      "eventQuerySync",
      "snapshotQueryOptions",
      "watchQuerySync",
      "RealtimeProvider",
    ]
  `);
});
