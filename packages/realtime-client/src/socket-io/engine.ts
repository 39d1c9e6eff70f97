export type TransportName = 'websocket' | 'polling';

export interface EngineOptions {
  readonly url: string;
  readonly path: string;
  readonly transports: readonly TransportName[];
}

/**
 * What a transport needs of a connection of engine.io. It is opened in a later turn than that in
 * which it was made, and closed once.
 */
export interface Engine {
  on(name: 'open', listener: () => void): this;
  on(name: 'message', listener: (message: unknown) => void): this;
  on(name: 'error', listener: (error: unknown) => void): this;
  on(name: 'close', listener: (reason: string, details?: unknown) => void): this;
  write(message: string): unknown;
  close(): unknown;
  /** Whether pings have stayed away too long, which a timer of a machine that slept tells too late. */
  _hasPingExpired(): boolean;
}
