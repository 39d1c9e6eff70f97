import type { EnvironmentReader } from './environment.ts';
import { readNumber } from './variables.ts';

/** The most that a connection attempt may take, on both ends, in milliseconds. */
export function readTimeoutMs(reader: EnvironmentReader): number {
  return readNumber(reader, 'WS_CONNECTION_TIMEOUT', [20_000, 1, 600_000]);
}
