import { RoomcastError } from '@roomcast/realtime-contract';
import type { CallBounds } from '../../callBounds.ts';
import type { CallLedger, OwnedCall } from '../../callLedger.ts';
import { createMemoryCallLedger } from '../../createMemoryCallLedger.ts';
import { unlessAborted } from '../../unlessAborted.ts';

/** What those are told who wait for a call whose process is gone: to ask again. */
const gone = 'the process is gone';

/**
 * Ledgers of several processes that share a store in memory.
 *
 * @returns opens the ledger of a further process
 */
export function sharedLedgers(bounds: CallBounds): () => CallLedger {
  const store = createMemoryCallLedger(bounds);
  return () => {
    const closing = new AbortController();
    const held = new Set<OwnedCall>();
    const claim: CallLedger['claim'] = async (call, signal) => {
      closing.signal.throwIfAborted();
      const turn = await unlessAborted(store.claim(call, signal), closing.signal);
      if (turn.status === 'done' && turn.outcome === gone) return claim(call, signal);
      if (turn.status !== 'owned') return turn;
      held.add(turn);
      const end = (how: 'settle' | 'abandon') => async (outcome: string) => {
        if (!closing.signal.aborted) await turn[how](outcome);
      };
      return { ...turn, settle: end('settle'), abandon: end('abandon') };
    };
    return {
      claim,
      async close() {
        closing.abort(new RoomcastError('CLOSED', 'The ledger is closed.'));
        for (const turn of held) await turn.abandon(gone);
        held.clear();
      },
    };
  };
}
