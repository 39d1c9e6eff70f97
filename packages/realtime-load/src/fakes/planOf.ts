import type { LoadPlan } from '../plan/loadPlan.ts';

/** A plan of ten connections and 100 publications to one room. */
export function planOf(changes: Partial<LoadPlan> = {}): LoadPlan {
  return {
    scenario: 'run',
    target: {
      ...{ kind: 'roomcast', url: 'http://127.0.0.1:3001', path: '/socket.io', namespace: '/' },
      ...{ transports: ['websocket'], contract: null, join: null, acknowledges: false },
    },
    rooms: ['event-1'],
    publishing: { by: 'action', action: 'send-message', input: { message: '{stamp}' } },
    ...{ connections: 10, connectsPerSecond: 200, perSecond: 100, publications: 100 },
    ...{ durationMs: 1_000, payloadBytes: 0, publishers: 1, settleMs: 0, drainMs: 1_000 },
    ...{ workers: 1, tokens: [], thresholds: {} },
    ...changes,
  };
}
