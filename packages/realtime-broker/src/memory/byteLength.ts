/** The bytes of a text in UTF-8. Node counts them; elsewhere it has to be written down first. */
export const byteLength: (text: string) => number =
  typeof Buffer === 'function'
    ? (text) => Buffer.byteLength(text)
    : (text) => new TextEncoder().encode(text).length;
