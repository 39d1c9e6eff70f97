import { backoffDefaults } from '../ports/backoff.ts';
import type { EnvironmentReader } from './environment.ts';
import { readTimeoutMs } from './timeout.ts';
import type { TransportName } from './transportName.ts';
import { readUrl } from './variables.ts';

/** What a client takes from the environment. */
export interface ClientVariables {
  /** Where the server is; undefined: where the page came from. From `NEXT_PUBLIC_WS_URL`. */
  readonly url: string | undefined;
  /** The most one connection attempt may take, in milliseconds. From `WS_CONNECTION_TIMEOUT`. */
  readonly timeout: number;
}

/** The settings of a client, those included that the environment has no say in. */
export interface ClientConfig extends Pick<ClientVariables, 'url'> {
  readonly options: Pick<ClientVariables, 'timeout'> & {
    readonly transports: readonly TransportName[];
    readonly reconnection: boolean;
    readonly reconnectionAttempts: number;
    readonly reconnectionDelay: number;
    readonly reconnectionDelayMax: number;
    readonly randomizationFactor: number;
  };
}

export function readClientVariables(reader: EnvironmentReader): ClientVariables {
  return {
    url: readUrl(reader, 'NEXT_PUBLIC_WS_URL', ['ws:', 'wss:', 'http:', 'https:']),
    timeout: readTimeoutMs(reader),
  };
}

export function readClientConfig(reader: EnvironmentReader): ClientConfig {
  const { url, timeout } = readClientVariables(reader);
  return {
    url,
    options: {
      transports: ['websocket', 'polling'],
      timeout,
      reconnection: true,
      reconnectionAttempts: Number.POSITIVE_INFINITY,
      reconnectionDelay: backoffDefaults.minDelayMs,
      reconnectionDelayMax: backoffDefaults.maxDelayMs,
      randomizationFactor: backoffDefaults.jitter,
    },
  };
}
