import { RateLimiterMemory } from 'rate-limiter-flexible';
import { accountOf } from '../session/accountOf.ts';
import type { Session } from '../session/session.ts';

/** How much of the log may be replayed to one user, or to one guest's connection, in a minute. */
export interface ReplayBudget {
  /** Takes bytes from the budget; false, and nothing taken, where there are not as many left. */
  take(session: Pick<Session, 'id' | 'user'>, bytes: number): Promise<boolean>;
}

export function createReplayBudget(bytesPerMinute: number): ReplayBudget {
  // The library has no word for no limit.
  const points = Math.min(bytesPerMinute, Number.MAX_SAFE_INTEGER);
  const limiter = new RateLimiterMemory({ points, duration: 60 });
  return {
    async take(session, bytes) {
      if (bytes === 0) return true;
      const key = accountOf(session);
      try {
        await limiter.consume(key, bytes);
        return true;
      } catch (refusal) {
        // The library throws a plain object for a refusal, and an Error where it failed itself.
        if (refusal instanceof Error) throw refusal;
        // It counts what it refuses, too.
        await limiter.reward(key, bytes);
        return false;
      }
    },
  };
}
