// The log of one room, which needs nothing of Node: `@roomcast/realtime-testing` has it in browsers.
export { assertWhole } from '../memory/assertWhole.ts';
export { ByteCount } from '../memory/byteCount.ts';
export { createEpoch } from '../memory/epoch.ts';
export { defaultRoomBounds, parseRoomBounds } from '../memory/parseRoomBounds.ts';
export { payloadText } from '../memory/payloadText.ts';
export { RoomFollowers } from '../memory/roomFollowers.ts';
export { type RoomBounds, RoomLog } from '../memory/roomLog.ts';
