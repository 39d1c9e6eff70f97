import { expect, it } from 'vitest';
import * as entry from './index.ts';

it('exports exactly these names, so that no change of the public API goes unnoticed', () => {
  expect(Object.keys(entry).sort()).toMatchInlineSnapshot(`
    [
      "WebSocketTester",
      "bandwidth",
      "blackHole",
      "chunks",
      "cutAfter",
      "faultSchedule",
      "halfOpen",
      "latency",
      "reset",
      "startFaultProxy",
      "startTestServer",
      "testEventRoomJoin",
      "testWebSocketConnection",
    ]
  `);
});
