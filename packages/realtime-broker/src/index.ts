// Port
export type {
  Broker,
  BrokerHealth,
  BrokerListener,
  BrokerSubscription,
  ReadLimits,
  ReadResult,
} from './broker.ts';

// In-memory log
export { createMemoryBroker } from './memory/createMemoryBroker.ts';
export type { MemoryBrokerOptions } from './memory/memoryBrokerOptions.ts';

// Bounds
export type { HistoryBounds, LatestBounds } from './roomBounds.ts';
