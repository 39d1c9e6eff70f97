import { RoomcastError } from '@roomcast/realtime-contract';

/** @param problem - what is wrong, as a clause: `its checksum does not match` */
export function invalidEnvelope(problem: string, cause?: unknown): RoomcastError {
  return new RoomcastError(
    'INVALID_ENVELOPE',
    `The message cannot be opened: ${problem}. Expected what a MessageCompressor made, unchanged.`,
    cause === undefined ? {} : { cause },
  );
}
