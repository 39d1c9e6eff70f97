import { expect, it } from 'vitest';
import * as entry from './index.ts';

it('exports exactly these names, so that no change of the public API goes unnoticed', () => {
  expect(Object.keys(entry).sort()).toMatchInlineSnapshot(`
    [
      "ActionError",
      "InvalidPayloadError",
      "RoomcastError",
      "accept",
      "backoffDefaults",
      "backoffDelayMs",
      "clientRequests",
      "createPublication",
      "defineContract",
      "encodeFrame",
      "encodeHandshake",
      "encodePublications",
      "errorCodes",
      "fromWireError",
      "gapReasons",
      "invokeGuarded",
      "isActionError",
      "isErrorCode",
      "isFrame",
      "isRecord",
      "isRoomcastError",
      "maxRoomsPerRequest",
      "parseFrame",
      "parseHandshake",
      "parsePosition",
      "parseRoomRequests",
      "parseRoomResult",
      "protocolVersion",
      "readAcknowledgement",
      "refuse",
      "silentLogger",
      "silentMetrics",
      "systemClock",
      "toWireError",
      "validate",
    ]
  `);
});
