import { MessageCompressor } from '@roomcast/realtime-compression';
import { compressFrame, RoomFrames } from '@roomcast/realtime-compression/frames';
import { encodePublications } from '@roomcast/realtime-contract';
import type { SeededRandom } from '../random/seededRandom.ts';
import { longValue, randomSeats } from './randomPayload.ts';
import { dictionary, type SoundMessage } from './soundMessage.ts';

const room = 'event-1';
const maxCharacters = 2_000;

/** Messages of every codec, written on Node. */
export async function soundMessages(
  random: SeededRandom,
  rounds: number,
): Promise<readonly SoundMessage[]> {
  const messages: SoundMessage[] = [];
  for (let round = 0; round < rounds; round += 1) {
    messages.push(...envelopes(random), ...(await frames(random)));
  }
  return messages;
}

function envelopes(random: SeededRandom): readonly SoundMessage[] {
  const compressors = [
    new MessageCompressor({ thresholdBytes: 0 }),
    new MessageCompressor({ codec: 'deflate-raw', thresholdBytes: 0 }),
    new MessageCompressor({ codec: 'deflate-raw', dictionary, thresholdBytes: 0 }),
    new MessageCompressor({ codec: 'identity' }),
  ];
  return compressors.flatMap((compressor) => {
    const text = JSON.stringify(longValue(random, random.integer(20, maxCharacters)));
    const bytes = new TextEncoder().encode(text);
    return [
      { kind: 'text envelope', message: compressor.compressMessage(text) },
      { kind: 'bytes envelope', message: compressor.compressBytes(bytes) },
    ];
  });
}

/** One of each code. */
async function frames(random: SeededRandom): Promise<readonly SoundMessage[]> {
  const seats = randomSeats(random, random.integer(2, maxCharacters / 60));
  const text = textOf(1, seats);
  const alone = await compressFrame(text, { thresholdBytes: 0 })?.encode();
  const assisted = await compressFrame(text, { dictionary, thresholdBytes: 0 })?.encode();
  const series = new RoomFrames(room, { dictionary, thresholdBytes: 0 });
  const first = series.next(text);
  const base = await first?.encodingFor(undefined, true).encode();
  const changed = seats.map((seat) => (random.chance(0.1) ? 'sold' : seat));
  const next = series.next(textOf(2, changed));
  const delta = await next?.encodingFor(first?.context, true).encode();
  return [
    ...[alone, assisted, base].flatMap((made) =>
      made ? [{ kind: 'frame', message: made.message } as const] : [],
    ),
    ...(base && delta
      ? [{ kind: 'frame', message: delta.message, before: base.message } as const]
      : []),
  ];
}

function textOf(offset: number, payload: unknown): string {
  const position = { epoch: 'q1w2e3r4', offset, revision: 0 };
  return encodePublications([
    {
      ...{ room, event: 'carried', payload, delivery: 'reliable', position },
      publishedAtMs: 1_777_919_300_000,
    },
  ]);
}
