import { constants, inflateRawSync } from 'node:zlib';

const windowBytes = 32_768;
/** What a sender leaves out at the end of each message (RFC 7692, section 7.2.1). */
const tail = Buffer.from([0, 0, 0xff, 0xff]);

/** Reads what `permessage-deflate` made of the messages of one connection. */
export function createMessageInflater(keepsContext: boolean): (body: Buffer) => Buffer {
  let context = Buffer.alloc(0);
  return (body) => {
    const message = inflateRawSync(Buffer.concat([body, tail]), {
      finishFlush: constants.Z_SYNC_FLUSH,
      ...(context.length > 0 && { dictionary: context }),
    });
    if (keepsContext) context = Buffer.concat([context, message]).subarray(-windowBytes);
    return message;
  };
}
