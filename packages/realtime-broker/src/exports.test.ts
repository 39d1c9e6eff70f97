import { expect, test } from 'vitest';
import * as conformance from './conformance/index.ts';
import * as broker from './index.ts';
import * as log from './log/index.ts';

test('the package exports these values and no others', () => {
  expect(Object.keys(broker)).toMatchInlineSnapshot(`
    [
      "defaultCallBounds",
      "createMemoryCallLedger",
      "createMemoryBroker",
      "createMemoryPresenceStore",
      "defaultPresenceBounds",
    ]
  `);
});

test('./conformance exports these values and no others', () => {
  expect(Object.keys(conformance)).toMatchInlineSnapshot(`
    [
      "callLedgerConformance",
      "presenceConformance",
      "brokerConformance",
    ]
  `);
});

test('./log exports these values and no others', () => {
  expect(Object.keys(log)).toMatchInlineSnapshot(`
    [
      "assertWhole",
      "ByteCount",
      "createEpoch",
      "defaultRoomBounds",
      "parseRoomBounds",
      "payloadText",
      "RoomFollowers",
      "RoomLog",
    ]
  `);
});
