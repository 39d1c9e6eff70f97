import type { Tone } from '../format/describeState.ts';
import type { RecoveryRecord } from '../recording/records.ts';

const tones = { fresh: 'idle', resumed: 'good', gap: 'bad' } as const;

/** The colour of what became of a room's stream. */
export function recoveryTone({ recovery }: RecoveryRecord): Tone {
  return tones[recovery.status];
}
