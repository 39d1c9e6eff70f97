const encoder = /* @__PURE__ */ new TextEncoder();
/** Without these two it would replace what is no UTF-8, and drop U+FEFF from the beginning. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const loneSurrogate = /\p{Surrogate}/u;

/** The bytes of a text, or null where a lone surrogate makes that impossible. */
export function encodeUtf8(text: string): Uint8Array | null {
  return loneSurrogate.test(text) ? null : encoder.encode(text);
}

/** @throws TypeError where the bytes are no UTF-8 */
export function decodeUtf8(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}
