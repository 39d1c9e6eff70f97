import { describe, test } from 'vitest';
import { createMemoryPresenceStore } from '../createMemoryPresenceStore.ts';
import { presenceConformance } from './presenceConformance.ts';

describe('the presence in memory', () => {
  for (const { name, run } of presenceConformance(createMemoryPresenceStore)) test(name, run);
});
