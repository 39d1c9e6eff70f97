import { expect } from 'vitest';
import { matchers } from './matchers.ts';

export type { RealtimeMatchers } from './realtimeMatchers.ts';

expect.extend(matchers);
