/** What a sealed payload belongs to; changed in any part, it cannot be opened any more. */
export interface SealingContext {
  readonly room: string;
  readonly event: string;
  readonly keyId: string;
  readonly idempotencyKey?: string | undefined;
}

/** The bytes that are authenticated with a payload. As JSON, no two contexts have the same. */
export function associatedData(context: SealingContext): Uint8Array {
  const { room, event, keyId, idempotencyKey = null } = context;
  return encoder.encode(JSON.stringify(['roomcast-1', room, event, keyId, idempotencyKey]));
}

const encoder = new TextEncoder();

declare class TextEncoder {
  encode(text: string): Uint8Array;
}
