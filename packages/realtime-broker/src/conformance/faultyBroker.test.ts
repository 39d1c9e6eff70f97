import { AssertionError } from 'node:assert/strict';
import { describe, expect, test } from 'vitest';
import { createMemoryBroker } from '../memory/createMemoryBroker.ts';
import { brokerConformance } from './brokerConformance.ts';
import type { BrokerSettings } from './brokerSettings.ts';
import { allFaults } from './fakes/allFaults.ts';
import type { Fault } from './fakes/fault.ts';

/** Longer than what the suite waits for in a sound broker, so that the fault is what it sees. */
const deliveryTimeoutMs = 150;

function casesOfBrokerThat(breaking: Fault['breaking']) {
  const createBroker = (settings: BrokerSettings) => {
    const sound = createMemoryBroker(settings);
    return { ...sound, ...breaking()(sound, settings) };
  };
  return brokerConformance(createBroker, { deliveryTimeoutMs, hasTotalBounds: true });
}

describe.each(allFaults)('a broker that $fault', ({ breaking, breaks }) => {
  test.concurrent.each(breaks)('breaks the promise that %s', async (promise) => {
    const broken = casesOfBrokerThat(breaking).find(({ name }) => name === promise);
    expect(broken, 'a case of that name').toBeDefined();
    await expect(broken?.run()).rejects.toBeInstanceOf(AssertionError);
  });
});

test('every promise of the suite is broken by one of the brokers above', () => {
  const broken = new Set(allFaults.flatMap(({ breaks }) => breaks));
  const promises = brokerConformance(createMemoryBroker, { hasTotalBounds: true });
  expect(promises.map(({ name }) => name).filter((name) => !broken.has(name))).toEqual([]);
});
