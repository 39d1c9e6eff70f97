import type { RedisMaster } from './redisMaster.ts';

/** The servers that hold the rooms: one, or the masters of a cluster. */
export interface Masters {
  /** Those that hold any, or none as long as that is not known. */
  readonly all: readonly RedisMaster[];
  readonly isClosed: boolean;
  /** The one that holds a key or a channel, as far as that is known. */
  of(key: string): RedisMaster | null;
  /** Channels with the same number can be named in one command. */
  slotOf(key: string): number;
  /** Whether a server refused since the key is held by another, or by none for a moment. */
  isElsewhere(error: unknown): boolean;
  /**
   * Asks who holds what, the one that has refused first of all. Resolves when it may be tried again;
   * `onChange` was called by then.
   */
  learn(from?: RedisMaster): Promise<void>;
  /** Calls back whenever a key may be elsewhere, or a connection can be used again. */
  onChange(listener: () => void): () => void;
  start(): void;
  close(): void;
}
