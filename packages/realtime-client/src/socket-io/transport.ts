import type { Frame } from '@roomcast/realtime-contract';
import type { FrameDecoder } from '../frames/frameDecoder.ts';
import type { Notice } from '../inspection.ts';
import type { Subscribers } from '../subscribers.ts';
import type { Engine, EngineOptions } from './engine.ts';

export interface TransportOptions extends EngineOptions {
  readonly namespace: string;
  openEngine(options: EngineOptions): Engine;
  /** What reads compressed frames, asked for when the handshake is written. */
  frameDecoder(): FrameDecoder | null;
  /** Who looks on. */
  readonly notices: Subscribers<Notice>;
}

/** What a transport tells while it lives. Nothing is called after `onDown` or `close`. */
export interface TransportEvents {
  onFrame(frame: Frame): void;
  /** The server refused the handshake, could not be reached, or the connection ended. */
  onDown(error: Error): void;
}

/** One attempt at a connection and, if it succeeds, that connection. */
export interface Transport {
  /**
   * Sends an event and calls back with the answer.
   *
   * @throws TypeError where an argument is no JSON
   */
  request(name: string, args: readonly unknown[], onAnswer: (answer: unknown) => void): void;
  /** These rooms were joined: their compressed frames will refer to earlier ones. */
  expect(rooms: readonly string[]): void;
  /** These rooms were left: what their compressed frames referred to is over. */
  forget(rooms: readonly string[]): void;
  close(): void;
}
