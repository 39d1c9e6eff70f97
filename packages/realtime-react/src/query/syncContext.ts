import type { ClientPorts } from '@roomcast/realtime-client';
import type { QueryClient } from '@tanstack/react-query';
import type { Moments } from './moments.ts';

/** What everything that keeps one cache true shares. */
export interface SyncContext {
  readonly queries: QueryClient;
  readonly ports: ClientPorts;
  readonly moments: Moments;
  readonly timing: SyncTiming;
}

export interface SyncTiming {
  /** The least time between two fetches of one query, where its `QuerySync` says no other. */
  readonly intervalMs: number;
  /** The longest that the fetches after a gap are spread, which all clients have at once. */
  readonly spreadMs: number;
  /** From 0 (inclusive) to 1 (exclusive). */
  random(): number;
}

export const syncTiming: SyncTiming = {
  intervalMs: 250,
  spreadMs: 200,
  random: Math.random,
};
