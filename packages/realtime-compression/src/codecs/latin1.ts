/** Below the number of arguments that a call may have in any engine. */
const chunkBytes = 8_192;

/** One character for each byte, as lz-string and `btoa` take bytes. */
export function toLatin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    text += String.fromCharCode(...bytes.subarray(at, at + chunkBytes));
  }
  return text;
}
