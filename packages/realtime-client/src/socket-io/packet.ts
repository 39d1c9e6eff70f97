// The types of packets of version 5 of the Socket.IO protocol, as they are written. Constants and not
// a table, so that a bundle has them in place.
export const connectType = '0';
export const disconnectType = '1';
export const eventType = '2';
export const ackType = '3';
export const connectErrorType = '4';
export const binaryAckType = '6';

export interface Packet {
  readonly type: string;
  readonly namespace: string;
  /** Of an event that asks for an acknowledgement, and of that. */
  readonly id?: number | undefined;
  /** What is written as JSON; undefined where there is nothing. */
  readonly payload?: unknown;
}

/** A packet that has arrived. */
export interface ArrivedPacket extends Packet {
  /** How many binary messages belong to it; they come behind it. */
  readonly attachments: number;
}

/** @throws TypeError for a payload that is no JSON: a list that contains itself, a BigInt, bytes */
export function encodePacket({ type, namespace, id, payload }: Packet): string {
  const place = namespace === '/' ? '' : `${namespace},`;
  return type + place + (id ?? '') + encodeJson(payload);
}

/**
 * The empty text for undefined.
 *
 * @throws TypeError for what is no JSON
 */
export function encodeJson(value: unknown): string {
  return JSON.stringify(value, refuseBytes) ?? '';
}

/** Bytes would have to travel beside the JSON, which would have them as fields with numbers. */
function refuseBytes(
  this: Readonly<Record<string, unknown>>,
  key: string,
  value: unknown,
): unknown {
  const original = this[key];
  if (original instanceof ArrayBuffer || ArrayBuffer.isView(original)) {
    throw new TypeError('Bytes are no JSON.');
  }
  return value;
}

/** The type, with a number of attachments where it is binary; namespace, id, JSON. */
const form = /^([0-4]|[56]([1-9]|10)-)(?:(\/[^,]*),?)?(\d*)(.*)$/s;

/** @throws Error for what is no packet */
export function parsePacket(text: string): ArrivedPacket {
  const [, head, attachments = 0, namespace = '/', id, json] = form.exec(text) ?? [];
  const type = head?.[0] ?? '';
  const payload: unknown = json ? JSON.parse(json) : undefined;
  // What events and acknowledgements carry is a list.
  if (!type || (/[2356]/.test(type) && !Array.isArray(payload))) {
    throw new Error('Not a packet.');
  }
  return { type, namespace, id: Number(id), payload, attachments: Number(attachments) };
}
