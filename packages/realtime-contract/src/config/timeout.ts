import type { EnvironmentReader } from './environment.ts';

/** The most that a connection attempt may take, on both ends, in milliseconds. */
export function readTimeoutMs(reader: EnvironmentReader): number {
  return reader.number('WS_CONNECTION_TIMEOUT', 20_000, 1, 600_000);
}
