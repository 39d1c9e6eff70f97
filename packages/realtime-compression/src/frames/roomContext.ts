/** How far back deflate can refer. */
export const windowBytes = 32_768;

/** What the text of a frame leaves behind for the next one of its room, in memory of its own. */
export function roomContext(text: Uint8Array): Uint8Array {
  return new Uint8Array(text.subarray(-windowBytes));
}
