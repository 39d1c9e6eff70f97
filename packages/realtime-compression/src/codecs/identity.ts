import type { Codec } from './codec.ts';

/** The bytes as they are: for what is small, and for what would not get smaller. */
export const identity: Codec = {
  name: 'identity',
  id: 0,
  encode: (bytes) => bytes,
  decode(body, length) {
    if (body.length !== length) throw new Error(`${body.length} bytes instead of ${length}`);
    // A copy: what is read must not change when the buffer that it came in is used again.
    return new Uint8Array(body);
  },
};
