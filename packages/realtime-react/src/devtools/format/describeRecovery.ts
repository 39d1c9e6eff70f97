import type { RecoveryRecord } from '../recording/records.ts';
import { formatDuration } from './formatDuration.ts';

/** What became of a room's stream, in words. */
export function describeRecovery({ recovery, replayed }: RecoveryRecord): string {
  switch (recovery.status) {
    case 'fresh':
      return recovery.quietForMs === undefined
        ? 'the stream begins here'
        : `the stream begins here · quiet for ${formatDuration(recovery.quietForMs)}`;
    case 'resumed':
      if (replayed === null) return 'nothing was missed';
      return replayed === 0 ? 'nothing was published meanwhile' : `${replayed} replayed`;
    case 'gap':
      return `${recovery.missed ?? 'unknown'} missed · ${recovery.reason}`;
  }
}
