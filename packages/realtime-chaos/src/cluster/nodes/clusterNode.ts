import type { Part } from '@roomcast/realtime-processes';
import type { Published, PublishOrder } from '../publishing/published.ts';
import type { SessionSpan } from './sessionSpans.ts';

export interface StartOptions {
  readonly redisUrl: string;
  /** How many publications of each room are kept. */
  readonly kept: number;
  /** How many rooms there are. */
  readonly rooms: number;
  /** How dead connections are found. @default what the peer does by itself */
  readonly heartbeat?: { readonly intervalMs: number; readonly timeoutMs: number };
}

/** A process that publishes. */
export type PublisherPart = Part & {
  /** Connects to Redis. */
  start(options: StartOptions): Promise<void>;
  publish(order: PublishOrder): Promise<readonly Published[]>;
  /** Lets `publish` come to its end. */
  endPublishing(): void;
  /** Publishes the end of each room's stream. */
  mark(eventIds: readonly string[]): Promise<void>;
  /** How many rejections nobody has handled, so far. */
  rejections(): number;
};

/** A process that serves members, and may publish. */
export type NodePart = PublisherPart & {
  /** @param port - on loopback; 0 for a free one, which it returns */
  listen(port: number): Promise<number>;
  /** Resolves once it is connected to Redis again, as far as it can tell. */
  whenConnected(): Promise<void>;
  /** The sessions that it has had so far. */
  sessions(): readonly SessionSpan[];
};
