// Port
export type {
  Broker,
  BrokerHealth,
  BrokerListener,
  BrokerSubscription,
  ReadLimits,
  ReadResult,
} from './broker.ts';
// Ledger of calls
export { type CallBounds, defaultCallBounds } from './calls/callBounds.ts';
export type { CallClaim, CallLedger, KeyedCall, OwnedCall } from './calls/callLedger.ts';
export {
  createMemoryCallLedger,
  type MemoryCallLedgerOptions,
} from './calls/createMemoryCallLedger.ts';
// In-memory log
export { createMemoryBroker } from './memory/createMemoryBroker.ts';
export type { MemoryBrokerOptions } from './memory/memoryBrokerOptions.ts';
// Presence
export {
  createMemoryPresenceStore,
  type MemoryPresenceStoreOptions,
} from './presence/createMemoryPresenceStore.ts';
export { defaultPresenceBounds, type PresenceBounds } from './presence/presenceBounds.ts';
export type {
  PresenceChange,
  PresenceListener,
  PresenceMember,
  PresenceState,
  PresenceStore,
} from './presence/presenceStore.ts';
// Rates
export type { RateCount, RateCounter } from './rates/rateCounter.ts';

// Bounds
export type { HistoryBounds, LatestBounds } from './roomBounds.ts';
