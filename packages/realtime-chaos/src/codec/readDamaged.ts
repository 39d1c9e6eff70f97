import { MessageCompressor } from '@roomcast/realtime-compression';
import { createFrameReader } from '@roomcast/realtime-compression/frames';
import { isRoomcastError } from '@roomcast/realtime-contract';
import { type SeededRandom, seededRandom } from '../random/seededRandom.ts';
import type { Damaged } from './codecRequests.ts';
import type { PartResult } from './partResult.ts';
import { dictionary, type SoundMessage } from './soundMessage.ts';

const flipPart = 0.7;
const refusals = ['INVALID_ENVELOPE', 'MESSAGE_TOO_LARGE', 'INVALID_FRAME'] as const;

type Read = (message: string | Uint8Array) => unknown;

/** Reads sound messages with one bit flipped, or cut short: all of them have to be refused. */
export function readDamaged(
  { sound, seed, count }: Damaged,
  readerOf: (sound: SoundMessage) => Read = openReader,
): PartResult {
  const random = seededRandom(seed);
  const subjects = sound.map((one) => ({ ...one, read: readerOf(one) }));
  const failures: string[] = [];
  let flips = 0;
  // What is refused undamaged says nothing.
  for (const { message, read } of subjects) read(message);
  for (let index = 0; index < count; index += 1) {
    const subject = subjects[random.integer(0, subjects.length - 1)];
    if (!subject) break;
    const isFlip = random.chance(flipPart);
    flips += isFlip ? 1 : 0;
    const damaged = isFlip ? flip(subject.message, random) : cut(subject.message, random);
    const outcome = outcomeOf(() => subject.read(damaged));
    if (outcome !== null) {
      failures.push(
        `damage ${index}, a ${isFlip ? 'flip' : 'cut'} of a ${subject.kind}: ${outcome}`,
      );
    }
  }
  return {
    passed: count - failures.length,
    failures,
    figures: { flips, truncations: count - flips, undetected: failures.length },
  };
}

/** What reads a message as often as it comes; a frame with what came before it. */
export function openReader(sound: SoundMessage): Read {
  if (sound.kind !== 'frame') {
    const compressor = new MessageCompressor({ dictionary });
    return (message) =>
      typeof message === 'string'
        ? compressor.decompressMessage(message)
        : compressor.decompressBytes(message);
  }
  const reader = createFrameReader({ dictionary });
  return (message) => {
    // A frame that is read moves the context on.
    if (sound.before) reader.read(sound.before);
    return reader.read(message as Uint8Array);
  };
}

function outcomeOf(read: () => unknown): string | null {
  try {
    read();
    return 'it was read';
  } catch (error) {
    return refusals.some((code) => isRoomcastError(error, code)) ? null : `it threw ${error}`;
  }
}

function flip(message: string | Uint8Array, random: SeededRandom): string | Uint8Array {
  const at = random.integer(0, message.length - 1);
  if (typeof message === 'string') {
    const character = message.charCodeAt(at) ^ (1 << random.integer(0, 7));
    return message.slice(0, at) + String.fromCharCode(character) + message.slice(at + 1);
  }
  const damaged = Uint8Array.from(message);
  damaged[at] = (message[at] ?? 0) ^ (1 << random.integer(0, 7));
  return damaged;
}

function cut(message: string | Uint8Array, random: SeededRandom): string | Uint8Array {
  return message.slice(0, random.integer(0, message.length - 1));
}
