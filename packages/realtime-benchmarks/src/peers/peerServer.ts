import type { Part } from '@roomcast/realtime-processes';
import type { ContractName } from './contracts.ts';
import type { Measured } from './meter.ts';
import type { Pace } from './paced.ts';
import type { MemoryUsage } from './readMemory.ts';
import type { WorkloadOptions } from './workload.ts';

export interface ListenOptions {
  /** What tokens are signed with, HS256. */
  readonly secret: string;
  /**
   * How many publications the server has to keep, all rooms together; 0 where none are asked for.
   * @default what the server keeps by itself
   */
  readonly keep?: number;
  /** Of ours. @default what the server does by itself */
  readonly batchWindowMs?: number;
  /** Of ours: the Redis that has the log. @default a log in the memory of the server */
  readonly redisUrl?: string;
  /** Of ours. @default 'bench' */
  readonly contract?: ContractName;
  /** Of stock: its own compression of each message. @default off, as Socket.IO has it */
  readonly perMessageDeflate?: 'default' | 'no-takeover';
}

export interface PublishOptions {
  /** The ids of the rooms, such as `42` for the room `event-42`; one after the other. */
  readonly eventIds: readonly string[];
  readonly count: number;
}

export interface PacedOptions extends Pace {
  /** The first publication of the workload to publish. */
  readonly first: number;
  readonly count: number;
}

/** What every contender's server can do. Each takes the same tokens and serves the same rooms. */
export interface PeerServer extends Part {
  /** Listens on loopback, WebSocket only. @returns the port */
  listen(options: ListenOptions): Promise<number>;
  /** Publishes one event after the other. */
  publish(options: PublishOptions): Promise<void>;
  /** Makes what will be published, outside of what is measured. */
  prepare(options: WorkloadOptions): void;
  /** Publishes a part of what was prepared. */
  publishPaced(options: PacedOptions): Promise<void>;
  /** How many clients are connected. */
  connections(): number;
  startMeter(): void;
  stopMeter(): Measured;
  memory(): Promise<MemoryUsage>;
  close(): Promise<void>;
}
