import { isRecord } from '@roomcast/realtime-contract';

const encoder = new TextEncoder();

/** How many bytes a message is on the wire, without the few that WebSocket or HTTP put around it. */
export function messageBytes(message: unknown): number {
  if (typeof message === 'string') return encoder.encode(message).length;
  // No `instanceof`: the bytes may be of another realm, such as that of a frame or of a test.
  return isRecord(message) && typeof message.byteLength === 'number' ? message.byteLength : 0;
}
