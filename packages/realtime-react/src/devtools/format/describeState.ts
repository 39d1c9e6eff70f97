import type { ConnectionState } from '@roomcast/realtime-client';
import type { StateRecord } from '../recording/records.ts';
import { formatDuration } from './formatDuration.ts';

/** How a state is coloured. */
export type Tone = 'good' | 'busy' | 'bad' | 'idle';

export function toneOf({ status }: ConnectionState): Tone {
  switch (status) {
    case 'connected':
      return 'good';
    case 'connecting':
    case 'reconnecting':
      return 'busy';
    case 'closed':
      return 'bad';
    case 'idle':
      return 'idle';
  }
}

/** What is to be said of a state beside its name. */
export function describeState({ state, atMs }: StateRecord): string {
  switch (state.status) {
    case 'connected':
      return state.userId === null ? 'as a guest' : `as ${state.userId}`;
    case 'reconnecting': {
      const { attempt, retryAtMs, error } = state;
      const when = retryAtMs === null ? 'now' : `in ${formatDuration(retryAtMs - atMs)}`;
      return `attempt ${attempt} ${when} · ${error.code}: ${error.message}`;
    }
    case 'closed':
      return state.error
        ? `${state.reason} · ${state.error.code}: ${state.error.message}`
        : state.reason;
    default:
      return '';
  }
}
