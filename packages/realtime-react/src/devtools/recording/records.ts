import type { ConnectionState, Recovery } from '@roomcast/realtime-client';
import type { Delivery } from '@roomcast/realtime-contract';
import type { PayloadText } from './payloadText.ts';

/** A state of the connection, from when on. */
export interface StateRecord {
  readonly id: number;
  readonly atMs: number;
  readonly state: ConnectionState;
}

/**
 * What became of one query.
 *
 * - `stale`: it has to be fetched again, for an event or for what may have been missed
 * - `patched`: its data was changed
 * - `known`: its data is from behind the event already, so nothing was done
 */
export interface EffectRecord {
  readonly kind: 'stale' | 'patched' | 'known';
  readonly queryHash: string;
  /** Null until one begins that brings it. */
  fetch: FetchRecord | null;
}

export interface FetchRecord {
  readonly startedAtMs: number;
  /** Null while it runs. */
  durationMs: number | null;
  isFailed: boolean;
}

/** The message in which a publication came, alone or with others. */
export interface FrameRecord {
  readonly wireBytes: number;
  /** As long as it would be without compression. */
  readonly textBytes: number;
  readonly publications: number;
}

interface LogEntry {
  readonly id: number;
  readonly atMs: number;
  readonly room: string;
  readonly effects: EffectRecord[];
  /** Grows with every change. */
  revision: number;
}

export interface EventRecord extends LogEntry {
  readonly type: 'event';
  readonly event: string;
  readonly epoch: string;
  readonly delivery: Delivery;
  readonly counter: number;
  readonly publishedAtMs: number;
  /** Which `latest` value it is, where there are several. */
  readonly key: string | null;
  /** Whether the `latest` value is gone. */
  readonly isRemoved: boolean;
  readonly payload: PayloadText;
  readonly frame: FrameRecord;
  /** False for what the client has had before, and for what comes behind a hole. */
  isDelivered: boolean;
}

export interface RecoveryRecord extends LogEntry {
  readonly type: 'recovery';
  readonly recovery: Recovery;
  /** How many reliable publications follow, where it was resumed; null where that is not known. */
  readonly replayed: number | null;
}

export type LogRecord = EventRecord | RecoveryRecord;

/** What was asked of the server. */
export interface RequestRecord {
  readonly id: number;
  readonly atMs: number;
  /** The name of an action, or `join`, `leave`, `history` or `authenticate`. */
  readonly name: string;
  readonly isAction: boolean;
  readonly input: PayloadText;
  readonly wireBytes: number;
  outcome: 'waiting' | 'accepted' | 'refused' | 'lost';
  /** Null until it was answered. */
  answer: PayloadText | null;
  durationMs: number | null;
  revision: number;
}

/** A room as it is now. */
export interface RoomRecord {
  readonly name: string;
  readonly status: 'joining' | 'joined' | 'refused';
  /** Why it was refused. */
  readonly error: string | null;
  readonly position: { epoch: string; offset: number; revision: number } | null;
  readonly uses: number;
  readonly isAutomatic: boolean;
  readonly recovery: RecoveryRecord | null;
  readonly delivered: number;
  readonly dropped: number;
}
