// Contract
export type {
  ActionDefinition,
  ActionDefinitions,
  ActionErrorCode,
  ActionHandlerInput,
  ActionInput,
  ActionName,
  ActionOutput,
  AnyContract,
  Contract,
  EncryptedEventName,
  EventDefinition,
  EventDefinitions,
  EventName,
  EventNameOf,
  EventPayload,
  ParsedRoom,
  PlainEventNameOf,
  PresenceData,
  PresenceInput,
  PresenceKind,
  RoomAccess,
  RoomArgs,
  RoomDefinition,
  RoomDefinitions,
  RoomKind,
  RoomParams,
} from './contract/contract.ts';
export { createPublication } from './contract/createPublication.ts';
export { createRemoval } from './contract/createRemoval.ts';
export { defineContract } from './contract/defineContract.ts';
export type {
  Delivery,
  Position,
  Publication,
  PublicationInput,
  Publisher,
  PublishResult,
} from './contract/publication.ts';
export type { PublicationOptions } from './contract/publicationOptions.ts';
export type { TemplateParam, TemplateParams } from './contract/roomTemplate.ts';
export { validate } from './contract/validate.ts';

// Encryption; sealing and opening are in the subpath /encryption
export { hasEncryptedEvents, isEncryptedEvent } from './encryption/encryptedEvents.ts';
export { parseSealed, type SealedPayload } from './encryption/sealedPayload.ts';

// Errors
export { ActionError, isActionError } from './errors/actionError.ts';
export {
  type ErrorCode,
  type ErrorCodeEntry,
  errorCodes,
  isErrorCode,
} from './errors/errorCodes.ts';
export { InvalidPayloadError, type PayloadIssue } from './errors/invalidPayloadError.ts';
export {
  isRoomcastError,
  RoomcastError,
  type RoomcastErrorOptions,
} from './errors/roomcastError.ts';
export { fromWireError, toWireError, type WireError } from './errors/wireError.ts';

// Ports
export { type BackoffOptions, backoffDefaults, backoffDelayMs } from './ports/backoff.ts';
export { type CancelTimer, type Clock, systemClock } from './ports/clock.ts';
export { invokeGuarded, type ReportError } from './ports/invokeGuarded.ts';
export { type Logger, type LogMethod, silentLogger } from './ports/logger.ts';
export { type Metrics, silentMetrics } from './ports/metrics.ts';

// Wire
export {
  type Acknowledgement,
  accept,
  readAcknowledgement,
  refuse,
} from './wire/acknowledgement.ts';
export {
  type ActionAnswer,
  acceptAction,
  readActionAcknowledgement,
} from './wire/actionAcknowledgement.ts';
export { type ActionCallMeta, isIdempotencyKey, parseActionCallMeta } from './wire/actionCall.ts';
export { clientRequests } from './wire/clientRequests.ts';
export {
  encodeFrame,
  encodePublications,
  type Frame,
  isFrame,
  parseFrame,
  type RoomFrame,
} from './wire/frame.ts';
export { type GapReason, gapReasons } from './wire/gapReason.ts';
export {
  encodeHandshake,
  type FramedHandshake,
  type Handshake,
  maxRoomsPerRequest,
  type PlainHandshake,
  parseHandshake,
  parseRoomRequests,
  protocolVersion,
  type RoomRequest,
} from './wire/handshake.ts';
export {
  encodeHistory,
  type HistoryAnswer,
  type HistoryRequest,
  maxPagePublications,
  parseHistory,
  parseHistoryRequest,
} from './wire/history.ts';
export { isRecord } from './wire/isRecord.ts';
export { parsePosition } from './wire/position.ts';
export {
  type FramedMember,
  maxPresenceBytes,
  type PresenceAnswer,
  type PresenceFrame,
  type PresenceInterest,
  type PresenceRequest,
  parsePresenceAnswer,
  parsePresenceRequest,
  readPresence,
  type UnreadPresenceFrame,
} from './wire/presence.ts';
export type { FramedPublication, PublicationsFrame } from './wire/publicationsFrame.ts';
export type { RoomPosition } from './wire/roomPosition.ts';
export { parseRoomResult, type RoomResult } from './wire/roomResult.ts';
export {
  type CloseFrame,
  parseTokenAnswer,
  type TokenAnswer,
  type TokenFrame,
  type WelcomeFrame,
} from './wire/sessionFrames.ts';
