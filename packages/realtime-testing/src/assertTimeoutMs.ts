import { RoomcastError } from '@roomcast/realtime-contract';

/** Timers that are set for longer go off at once. */
const maxTimeoutMs = 2_147_483_647;

/** @throws RoomcastError `INVALID_CONFIG` for what no timer can wait for, such as `NaN` */
export function assertTimeoutMs(timeoutMs: number): void {
  if (timeoutMs >= 0 && timeoutMs <= maxTimeoutMs) return;
  throw new RoomcastError(
    'INVALID_CONFIG',
    `Expected \`timeoutMs\` to be a number from 0 to ${maxTimeoutMs}, got \`${timeoutMs}\`.`,
  );
}
