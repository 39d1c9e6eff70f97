import { describe, expect, it } from 'vitest';
import { silentMetrics } from './metrics.ts';

describe('silentMetrics', () => {
  it('takes a count and keeps nothing', () => {
    expect(silentMetrics.count('handshakes_total', { outcome: 'accepted' }, 2)).toBeUndefined();
  });
});
