import type { Part } from '../process/part.ts';
import type { Measured } from './meter.ts';

export interface ListenOptions {
  /** What tokens are signed with, HS256. */
  readonly secret: string;
  /** How many publications the server has to keep, all rooms together; 0 where none are asked for. */
  readonly keep: number;
}

export interface PublishOptions {
  /** The ids of the rooms, such as `42` for the room `event-42`; one after the other. */
  readonly eventIds: readonly string[];
  readonly count: number;
}

/** What every contender's server can do. Each takes the same tokens and serves the same rooms. */
export interface PeerServer extends Part {
  /** Listens on loopback, WebSocket only. @returns the port */
  listen(options: ListenOptions): Promise<number>;
  /** Publishes one event after the other. */
  publish(options: PublishOptions): Promise<void>;
  /** How many clients are connected. */
  connections(): number;
  startMeter(): void;
  stopMeter(): Measured;
  close(): Promise<void>;
}
