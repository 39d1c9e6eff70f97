import { AssertionError } from 'node:assert/strict';
import type { Broker } from '../broker.ts';
import { boundedHistoryCases } from './boundedHistoryCases.ts';
import { boundedLatestCases } from './boundedLatestCases.ts';
import type { BrokerCase, CaseSettings } from './brokerCase.ts';
import { ampleSettings, type BrokerSettings } from './brokerSettings.ts';
import { CaseContext } from './caseContext.ts';
import { closingCases } from './closingCases.ts';
import type { ConformanceCase } from './conformanceCase.ts';
import { contentCases } from './contentCases.ts';
import { epochCases } from './epochCases.ts';
import { followingCases } from './followingCases.ts';
import { historyCases } from './historyCases.ts';
import { idempotencyCases } from './idempotencyCases.ts';
import { latestCases } from './latestCases.ts';
import { listenerFaultCases } from './listenerFaultCases.ts';
import { orderCases } from './orderCases.ts';
import { pagingCases } from './pagingCases.ts';
import { positionCases } from './positionCases.ts';
import { readingCases } from './readingCases.ts';
import { refusalCases } from './refusalCases.ts';
import { totalBoundsCases } from './totalBoundsCases.ts';
import { unsubscribingCases } from './unsubscribingCases.ts';

export interface BrokerConformanceOptions {
  /**
   * How long a publication may take to reach a follower before it counts as lost, and a change of
   * the log to be seen by a reader, in milliseconds.
   * @default 2_000
   */
  readonly deliveryTimeoutMs?: number;
  /**
   * Whether the broker bounds all rooms together, by `maxTotalBytes` and `maxRooms` of the settings.
   * The cases that need it are left out otherwise. Each of their brokers must have a store of its
   * own, since the rooms of others would count.
   * @default false
   */
  readonly hasTotalBounds?: boolean;
}

const roomCases: readonly BrokerCase[] = [
  ...positionCases,
  ...epochCases,
  ...contentCases,
  ...refusalCases,
  ...followingCases,
  ...unsubscribingCases,
  ...orderCases,
  ...listenerFaultCases,
  ...idempotencyCases,
  ...readingCases,
  ...historyCases,
  ...pagingCases,
  ...boundedHistoryCases,
  ...latestCases,
  ...boundedLatestCases,
  ...closingCases,
];

/**
 * What every broker promises, as cases for any test runner.
 *
 * @param createBroker - called once for each case, with the bounds that the broker must keep to; the
 * brokers may share a store, since every case uses rooms of its own
 *
 * @example
 * const cases = brokerConformance((settings) => createMyBroker(settings));
 * for (const { name, run } of cases) test(name, run);
 */
export function brokerConformance(
  createBroker: (settings: BrokerSettings) => Promise<Broker> | Broker,
  options: BrokerConformanceOptions = {},
): ConformanceCase[] {
  const { deliveryTimeoutMs = 2_000, hasTotalBounds = false } = options;
  const cases = hasTotalBounds ? [...roomCases, ...totalBoundsCases] : roomCases;
  return cases.map(({ name, settings = {}, run }) => ({
    name,
    async run() {
      const broker = await createBroker(fullSettings(settings));
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

function fullSettings({ history, latest, ...rest }: CaseSettings): BrokerSettings {
  return {
    ...ampleSettings,
    ...rest,
    history: { ...ampleSettings.history, ...history },
    latest: { ...ampleSettings.latest, ...latest },
  };
}

function brokerFailed(cause: unknown): AssertionError {
  const error = new AssertionError({ message: `The broker failed with: ${cause}` });
  return Object.assign(error, { cause });
}
