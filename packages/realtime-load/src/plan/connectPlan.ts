import type { Target } from './target.ts';

/** What one process is to connect. */
export interface ConnectPlan {
  readonly target: Target;
  readonly run: string;
  /** Whether it is only watched what the server publishes by itself. */
  readonly observes: boolean;
  /** The names of all rooms. */
  readonly rooms: readonly string[];
  /** Of each connection, in order: which of the rooms it joins, and its token; null for a guest. */
  readonly members: readonly { readonly room: number; readonly token: string | null }[];
  readonly connectsPerSecond: number;
}
