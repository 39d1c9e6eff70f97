// Port
export type {
  Broker,
  BrokerHealth,
  BrokerListener,
  BrokerSubscription,
  ReadResult,
} from './broker.ts';

// In-memory log
export { createMemoryBroker, type MemoryBrokerOptions } from './memory/createMemoryBroker.ts';
