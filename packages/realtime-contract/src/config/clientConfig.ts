import { backoffDefaults } from '../ports/backoff.ts';
import type { EnvironmentReader } from './environment.ts';
import { readTimeoutMs } from './timeout.ts';
import type { TransportName } from './transportName.ts';

export interface ClientConfig {
  /** Where the server is; undefined: where the page came from. From `NEXT_PUBLIC_WS_URL`. */
  readonly url: string | undefined;
  readonly options: {
    readonly transports: readonly TransportName[];
    /** The most one connection attempt may take, in milliseconds. From `WS_CONNECTION_TIMEOUT`. */
    readonly timeout: number;
    readonly reconnection: boolean;
    readonly reconnectionAttempts: number;
    readonly reconnectionDelay: number;
    readonly reconnectionDelayMax: number;
    readonly randomizationFactor: number;
  };
}

/** The settings of a client. */
export function readClientConfig(reader: EnvironmentReader): ClientConfig {
  return {
    url: reader.url('NEXT_PUBLIC_WS_URL', ['ws:', 'wss:', 'http:', 'https:']),
    options: {
      transports: ['websocket', 'polling'],
      timeout: readTimeoutMs(reader),
      reconnection: true,
      reconnectionAttempts: Number.POSITIVE_INFINITY,
      reconnectionDelay: backoffDefaults.minDelayMs,
      reconnectionDelayMax: backoffDefaults.maxDelayMs,
      randomizationFactor: backoffDefaults.jitter,
    },
  };
}
