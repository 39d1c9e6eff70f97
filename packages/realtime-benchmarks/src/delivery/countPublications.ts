import { isDeepStrictEqual } from 'node:util';
import { isRecord } from '@roomcast/realtime-contract';
import type { FrameListener } from '../load/frameScanner.ts';
import type { Workload } from '../peers/workload.ts';

type CountPublications = (...frame: Parameters<FrameListener>) => number;

/** Each message is one publication. */
export const countMessages: CountPublications = () => 1;

/**
 * Each message of ours has one or many publications, whose offsets go on from message to message.
 * The first and the last of it say how many there are.
 */
export function countOffsets(event: string): CountPublications {
  const name = Buffer.from(`${JSON.stringify(event)},0,`);
  let previous: number | null = null;
  return (_, data, start, end) => {
    const message = data.subarray(start, end);
    const [first, last] = [message.indexOf(name), message.lastIndexOf(name)].map((at) =>
      offsetAt(message, at + name.length),
    );
    if (!first || !last || (previous !== null && first !== previous + 1)) {
      throw new Error(`Expected the publications behind ${previous}, got ${first} to ${last}.`);
    }
    previous = last;
    return last - first + 1;
  };
}

/** The number at a place in a text; 0 where there is none, which no offset is. */
function offsetAt(message: Buffer, at: number): number {
  let offset = 0;
  for (let digit = message[at]; isDigit(digit); digit = message[++at])
    offset = offset * 10 + digit - 0x30;
  return offset;
}

function isDigit(byte: number | undefined): byte is number {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

/**
 * Reads every publication and holds it to be the next one of the workload.
 *
 * @param read - the payloads of a message
 * @param onSent - is told when each was published and how late that was, where it says so
 */
export function checkPayloads(
  workload: Workload,
  read: (...frame: Parameters<FrameListener>) => readonly unknown[],
  onSent: (sentAtMs: number, lateMs: number) => void,
): CountPublications {
  let index = 0;
  return (...frame) => {
    const payloads = read(...frame);
    for (const payload of payloads) {
      const { sentAtMs, lateMs, ...rest } = isRecord(payload) ? payload : {};
      if (!isDeepStrictEqual(rest, workload.payload(index))) {
        const got = JSON.stringify(payload).slice(0, 200);
        throw new Error(`Expected publication ${index} of the workload, got ${got}`);
      }
      index += 1;
      if (typeof sentAtMs === 'number' && typeof lateMs === 'number') onSent(sentAtMs, lateMs);
    }
    return payloads.length;
  };
}
