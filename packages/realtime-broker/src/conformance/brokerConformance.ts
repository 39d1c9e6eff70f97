import { AssertionError } from 'node:assert/strict';
import type { Broker } from '../broker.ts';
import type { BrokerCase } from './brokerCase.ts';
import { CaseContext } from './caseContext.ts';
import { closingCases } from './closingCases.ts';
import type { ConformanceCase } from './conformanceCase.ts';
import { contentCases } from './contentCases.ts';
import { followingCases } from './followingCases.ts';
import { idempotencyCases } from './idempotencyCases.ts';
import { listenerFaultCases } from './listenerFaultCases.ts';
import { missedCases } from './missedCases.ts';
import { orderCases } from './orderCases.ts';
import { positionCases } from './positionCases.ts';
import { readingCases } from './readingCases.ts';
import { unsubscribingCases } from './unsubscribingCases.ts';

export interface BrokerConformanceOptions {
  /**
   * How long a publication may take to reach a follower before it counts as lost, in milliseconds.
   * @default 2_000
   */
  readonly deliveryTimeoutMs?: number;
}

const allCases: readonly BrokerCase[] = [
  ...positionCases,
  ...contentCases,
  ...followingCases,
  ...unsubscribingCases,
  ...orderCases,
  ...listenerFaultCases,
  ...idempotencyCases,
  ...readingCases,
  ...missedCases,
  ...closingCases,
];

/**
 * What every broker promises, as cases for any test runner.
 *
 * @param createBroker - called once for each case; the brokers may share a store, since every case
 * uses rooms of its own
 *
 * @example
 * for (const { name, run } of brokerConformance(() => createMyBroker())) test(name, run);
 */
export function brokerConformance(
  createBroker: () => Promise<Broker> | Broker,
  options: BrokerConformanceOptions = {},
): ConformanceCase[] {
  const { deliveryTimeoutMs = 2_000 } = options;
  return allCases.map(({ name, run }) => ({
    name,
    async run() {
      const broker = await createBroker();
      try {
        await run(new CaseContext(broker, deliveryTimeoutMs));
        await broker.close();
      } catch (error) {
        // The broken promise is the news, not that such a broker may fail to close as well.
        await broker.close().catch(() => {});
        throw error instanceof AssertionError ? error : brokerFailed(error);
      }
    },
  }));
}

function brokerFailed(cause: unknown): AssertionError {
  const error = new AssertionError({ message: `The broker failed with: ${cause}` });
  return Object.assign(error, { cause });
}
