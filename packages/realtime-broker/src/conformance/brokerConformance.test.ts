import { describe, test } from 'vitest';
import { createMemoryBroker } from '../memory/createMemoryBroker.ts';
import { brokerConformance } from './brokerConformance.ts';

describe('the in-memory broker', () => {
  for (const { name, run } of brokerConformance(() => createMemoryBroker())) test(name, run);
});
