import {
  type Broker,
  createMemoryBroker,
  type MemoryBrokerOptions,
} from '@roomcast/realtime-broker';
import { systemClock } from '@roomcast/realtime-contract';

/**
 * A log that has been there for an hour: it knows that its rooms were quiet, where a new one cannot
 * tell what was published before it.
 */
export function startOldLog(options: Omit<MemoryBrokerOptions, 'clock'> = {}): Broker {
  let behindMs = 3_600_000;
  const now = () => systemClock.now() - behindMs;
  const broker = createMemoryBroker({ ...options, clock: { ...systemClock, now } });
  behindMs = 0;
  return broker;
}
