import { expect, it } from 'vitest';
import * as inMemory from './in-memory/index.ts';
import * as entry from './index.ts';

it('exports exactly these names, so that no change of the public API goes unnoticed', () => {
  expect(Object.keys(entry).sort()).toMatchInlineSnapshot(`
    [
      "createIdempotencyKey",
      "createOutbox",
      "createRealtimeClient",
      "followPresence",
      "followRoom",
      "watchPresence",
    ]
  `);
});

it('exports exactly these names for clients without a network', () => {
  expect(Object.keys(inMemory).sort()).toMatchInlineSnapshot(`
    [
      "ackType",
      "composeClient",
      "connectErrorType",
      "connectType",
      "disconnectType",
      "encodePacket",
      "eventType",
      "parsePacket",
    ]
  `);
});
