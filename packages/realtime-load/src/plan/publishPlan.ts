import type { Schedule } from '../schedule/schedule.ts';
import type { Publishing } from './publishing.ts';
import type { Target } from './target.ts';

/** What one process is to publish. */
export interface PublishPlan {
  readonly target: Target;
  readonly run: string;
  readonly rooms: readonly string[];
  readonly publishing: Publishing;
  readonly schedule: Schedule;
  /** How long the stamped text is at least, in bytes. */
  readonly payloadBytes: number;
  /** Of each connection that publishes; null for a guest. */
  readonly tokens: readonly (string | null)[];
}
