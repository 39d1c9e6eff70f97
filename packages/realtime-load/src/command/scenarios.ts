import type { Publishing } from '../plan/publishing.ts';
import type { Thresholds } from '../report/thresholds.ts';

/** What a scenario decides unless an option says something else. */
export interface Scenario {
  readonly name: string;
  readonly summary: string;
  readonly connections: number;
  readonly durationMs: number;
  readonly perSecond: number;
  /** How many publications. @default as many as the rate makes of the duration */
  readonly publications?: number;
  /** Of a Roomcast server with the ready ticketing contract. `{n}` counts rooms from 1. */
  readonly room: string;
  readonly publishing: ReadyPublishing | null;
  readonly thresholds: Thresholds;
}

/** A path is one of the target. */
type ReadyPublishing =
  | Extract<Publishing, { by: 'action' }>
  | { readonly by: 'http'; readonly path: string; readonly input: unknown };

/** What is ready to run. */
export const scenarios: readonly Scenario[] = [
  {
    name: 'announcement',
    summary:
      '100 connections for 30 s, and a system announcement to all of them every 5 s, 6 in all',
    ...{ connections: 100, durationMs: 30_000, perSecond: 0.2 },
    room: 'global',
    publishing: {
      by: 'http',
      path: '/webhooks',
      input: {
        type: 'system.announcement',
        data: { title: 'Load test', message: '{stamp}', severity: 'info' },
      },
    },
    thresholds: { maxLoss: 0, maxFailed: 0 },
  },
  {
    name: 'broadcasts',
    summary: '1,000 broadcasts to one room of 100, 200 a second, all of which have to arrive',
    ...{ connections: 100, durationMs: 5_000, perSecond: 200, publications: 1_000 },
    room: 'event-load-{n}',
    publishing: {
      by: 'action',
      action: 'send-message',
      input: { eventId: 'load-{n}', message: '{stamp}' },
    },
    thresholds: { maxLoss: 0, maxDuplicates: 0, maxOutOfOrder: 0, maxFailed: 0 },
  },
  {
    name: 'run',
    summary: 'whatever the options say; without --publish-… it watches what the server publishes',
    ...{ connections: 100, durationMs: 30_000, perSecond: 10 },
    room: 'event-load-{n}',
    publishing: null,
    thresholds: { maxFailed: 0 },
  },
];
