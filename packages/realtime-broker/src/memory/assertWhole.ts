import { RoomcastError } from '@roomcast/realtime-contract';

/** @throws RoomcastError `INVALID_CONFIG` unless an option is a whole number that is large enough */
export function assertWhole(name: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new RoomcastError(
    'INVALID_CONFIG',
    `Expected \`${name}\` to be a whole number of ${least} or more, got \`${value}\`.`,
  );
}
