/** The most characters of a payload that are kept. */
export const maxPayloadLength = 10_000;

/** A payload as it was when it came: whoever changes it later does not change this. */
export interface PayloadText {
  /** Indented JSON. */
  readonly text: string;
  /** Whether there was more of it. */
  readonly isCut: boolean;
}

export function payloadText(payload: unknown): PayloadText {
  const text = JSON.stringify(payload, null, 2) ?? '';
  return { text: text.slice(0, maxPayloadLength), isCut: text.length > maxPayloadLength };
}
