import { maxPresenceBytes, RoomcastError } from '@roomcast/realtime-contract';

/**
 * What a member tells of itself, as it travels.
 *
 * @throws RoomcastError `INVALID_PAYLOAD` where it is too much
 */
export function presenceData(value: unknown): unknown {
  const text = JSON.stringify(value ?? null);
  const bytes = new TextEncoder().encode(text).length;
  if (bytes <= maxPresenceBytes) return JSON.parse(text);
  const most = `What a member tells of itself may take ${maxPresenceBytes} bytes of JSON`;
  throw new RoomcastError('INVALID_PAYLOAD', `${most}, and has ${bytes}.`);
}
