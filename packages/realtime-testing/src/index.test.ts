import { expect, it } from 'vitest';
import * as entry from './index.ts';

it('exports exactly these names, so that no change of the public API goes unnoticed', () => {
  expect(Object.keys(entry).sort()).toMatchInlineSnapshot(`
    [
      "WebSocketTester",
      "assertConnected",
      "assertJoined",
      "assertNotConnected",
      "assertNotJoined",
      "assertNotRecovered",
      "assertReceivesEvent",
      "assertReceivesNoEvent",
      "assertRecovered",
      "bandwidth",
      "blackHole",
      "chunks",
      "cutAfter",
      "faultSchedule",
      "halfOpen",
      "latency",
      "reset",
      "startFaultProxy",
      "startTestCluster",
      "startTestServer",
      "testEventRoomJoin",
      "testWebSocketConnection",
    ]
  `);
});
