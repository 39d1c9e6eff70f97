export type { EncryptionKey, KeyedRoom } from '@roomcast/realtime-contract/encryption';
export { createEventOpener, type EventOpenerOptions } from './createEventOpener.ts';
export type { EventOpener } from './eventOpener.ts';
export { leaveSealed } from './leaveSealed.ts';
export { OpeningError, type OpeningFailure, type UnreadablePublication } from './openingError.ts';
export type { FindKey } from './openingKeys.ts';
