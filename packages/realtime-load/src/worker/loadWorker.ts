import type { ConnectPlan } from '../plan/connectPlan.ts';
import type { PublishPlan } from '../plan/publishPlan.ts';
import type { RoomEnd } from '../subscribers/memberRecord.ts';

/** What one process of the load does when the command tells it to. */
export interface LoadWorker {
  /** Connects its share and joins their rooms; done when each is in or has failed. */
  connect(plan: ConnectPlan): Promise<ConnectResult>;
  /** Opens the connections that publish. Rejects where there is none. */
  preparePublishing(plan: PublishPlan): Promise<void>;
  /** Publishes by the schedule; done when the server has answered everything. */
  publish(): Promise<PublishResult>;
  /** What has happened up to now; latencies since the last call. */
  sample(): WorkerSample;
  /** The highest number that any member of a room has got, by room. */
  highest(): readonly number[];
  /** Compares what every member got with what its room was given. */
  compare(ends: readonly RoomEnd[]): WorkerTotals;
  /** Ends connecting and publishing with what there is. */
  stop(): void;
  /** Closes all connections. */
  close(): void;
}

export interface ConnectResult {
  /** How many joined, by room. */
  readonly members: readonly number[];
  /** How long one took, from its start until it was in its room: an encoded histogram. */
  readonly durations: string;
  /** How many failed, by reason. */
  readonly failures: Readonly<Record<string, number>>;
}

export interface PublishResult {
  /** How many were sent. */
  readonly attempted: number;
  /** How many failed, by reason. */
  readonly failures: Readonly<Record<string, number>>;
  /** By room. */
  readonly ends: readonly RoomEnd[];
  /** How much later than planned each was sent: an encoded histogram. */
  readonly lateness: string;
}

export interface WorkerSample {
  readonly joined: number;
  readonly failed: number;
  readonly reconnects: number;
  readonly gaps: number;
  readonly delivered: number;
  readonly duplicates: number;
  readonly outOfOrder: number;
  /** How many publications were sent. */
  readonly published: number;
  /** Of new arrivals since the last sample: an encoded histogram. */
  readonly latencies: string;
  /** How much of its time the process was busy since the last sample, from 0 to 1. */
  readonly busyShare: number;
  readonly memoryBytes: number;
}

export interface WorkerTotals {
  readonly expected: number;
  readonly lost: number;
  /** How long arrivals waited for the process: an encoded histogram. */
  readonly ownDelays: string;
}
