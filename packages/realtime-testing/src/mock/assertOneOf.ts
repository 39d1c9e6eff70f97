import { RoomcastError } from '@roomcast/realtime-contract';

/** @throws RoomcastError `INVALID_CONFIG`, naming what there is */
export function assertOneOf<Value>(
  name: string,
  values: readonly Value[],
  value: unknown,
): asserts value is Value {
  if (values.some((known) => known === value)) return;
  const known = values.map((each) => `\`${each}\``).join(', ');
  throw new RoomcastError('INVALID_CONFIG', `Expected \`${name}\` to be one of ${known}.`);
}
