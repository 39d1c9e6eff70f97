import { describe, test } from 'vitest';
import { createMemoryBroker } from '../memory/createMemoryBroker.ts';
import { brokerConformance } from './brokerConformance.ts';

describe('the in-memory broker', () => {
  const cases = brokerConformance(createMemoryBroker, { hasTotalBounds: true });
  for (const { name, run } of cases) test(name, run);
});
