import { boundsFaults } from './boundsFaults.ts';
import { closingFaults } from './closingFaults.ts';
import { contentFaults } from './contentFaults.ts';
import { epochFaults } from './epochFaults.ts';
import type { Fault } from './fault.ts';
import { followingFaults } from './followingFaults.ts';
import { historyFaults } from './historyFaults.ts';
import { idempotencyFaults } from './idempotencyFaults.ts';
import { latestFaults } from './latestFaults.ts';
import { orderFaults } from './orderFaults.ts';
import { pagingFaults } from './pagingFaults.ts';
import { positionFaults } from './positionFaults.ts';
import { readingFaults } from './readingFaults.ts';
import { refusalFaults } from './refusalFaults.ts';
import { unsubscribingFaults } from './unsubscribingFaults.ts';

/** Every way of being broken that the suite must see. */
export const allFaults: readonly Fault[] = [
  ...positionFaults,
  ...epochFaults,
  ...contentFaults,
  ...refusalFaults,
  ...followingFaults,
  ...unsubscribingFaults,
  ...orderFaults,
  ...idempotencyFaults,
  ...readingFaults,
  ...historyFaults,
  ...pagingFaults,
  ...latestFaults,
  ...boundsFaults,
  ...closingFaults,
];
