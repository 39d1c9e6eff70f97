// The log of one room, which needs nothing of Node: `@roomcast/realtime-testing` has it in browsers.
export { ByteCount } from '../memory/byteCount.ts';
export { defaultRoomBounds } from '../memory/memoryBrokerOptions.ts';
export { payloadText } from '../memory/payloadText.ts';
export { type RoomBounds, RoomLog } from '../memory/roomLog.ts';
