/** How many bytes are turned into characters at a time; a call has room for so many arguments. */
const chunkBytes = 8_190;

export function toBase64Url(bytes: Uint8Array): string {
  let text = '';
  // A multiple of three, so that no chunk but the last is padded.
  for (let start = 0; start < bytes.length; start += chunkBytes) {
    text += btoa(String.fromCharCode(...bytes.subarray(start, start + chunkBytes)));
  }
  return text.replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_');
}

/** The bytes of a text, or null where no bytes are written like that: each have one text only. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) return null;
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  // The last character may have bits to spare, which decoders ignore.
  const last = toBase64Url(bytes.subarray(bytes.length - (bytes.length % 3)));
  return text.endsWith(last) ? bytes : null;
}

declare const btoa: (binary: string) => string;
declare const atob: (text: string) => string;
