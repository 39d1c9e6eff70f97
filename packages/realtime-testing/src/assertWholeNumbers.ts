import { RoomcastError } from '@roomcast/realtime-contract';

/** @throws RoomcastError `INVALID_CONFIG`, naming the option */
export function assertWholeNumbers(
  minimum: number,
  options: Readonly<Record<string, number>>,
): void {
  for (const [name, value] of Object.entries(options)) {
    if (Number.isSafeInteger(value) && value >= minimum) continue;
    throw new RoomcastError(
      'INVALID_CONFIG',
      `Expected \`${name}\` to be a whole number of at least ${minimum}, got \`${value}\`.`,
    );
  }
}
