import { contractDictionary } from '@roomcast/realtime-contract/compressed-frames';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { compressFrame, type FrameEncoding, RoomFrames } from '../src/frames/index.ts';
import { perMessageDeflate } from './perMessageDeflate.ts';
import { listStates, purchases, unrelatedLists } from './sampleFrames.ts';

/**
 * A ratio of bytes: the same in every run, and little different from zlib to zlib. Counted are
 * whole messages without the headers of WebSocket: of ours the first byte, the room and the body.
 */
export interface FrameTarget {
  readonly name: string;
  readonly frames: number;
  /** Mean bytes of a frame as text, in UTF-8. */
  readonly textBytes: number;
  /** Mean bytes of what is written, which is the text where compressing does not pay. */
  readonly bytes: number;
  /** Mean bytes of what it is compared with. */
  readonly peerBytes: number;
  readonly peer: string;
  /** Total over total. */
  readonly ratio: number;
  /** The most that the ratio may be; none where it is only told. */
  readonly target?: number;
}

const textPeer = 'the frame as text';

export async function frameTargets(): Promise<readonly FrameTarget[]> {
  const { bytes: dictionary } = contractDictionary(eventContract);
  const [events, timedEvents] = [purchases(200, false), purchases(200, true)];
  const [unrelated, states] = [unrelatedLists(50), listStates(100)];
  const sameRoom = purchases(200, true, '42');
  const alone = (texts: readonly string[], options = {}) =>
    written(
      texts,
      texts.map((text) => compressFrame(text, options)),
    );

  return [
    {
      ...compare('10 kB, unrelated', unrelated, await alone(unrelated), {
        peer: 'perMessageDeflate, no takeover',
        peerSizes: await perMessageDeflate(unrelated, false),
      }),
      target: 1.05,
    },
    {
      ...compare('10 kB, one ticket changed, delta', states, await successive('event-42', states), {
        peer: 'perMessageDeflate, default',
        peerSizes: await perMessageDeflate(states, true),
        // It has nothing to refer to on either side.
        without: 1,
      }),
      target: 1.1,
    },
    {
      ...compare(
        '118-byte event, fresh ids, dictionary',
        events,
        await alone(events, { dictionary }),
      ),
      target: 0.35,
    },
    compare(
      'the same with a fresh time, dictionary',
      timedEvents,
      await alone(timedEvents, { dictionary }),
    ),
    compare(
      'the same one after the other in a room, delta',
      sameRoom,
      await successive('event-42', sameRoom, dictionary),
      { without: 1 },
    ),
  ];
}

interface Comparison {
  readonly peer?: string;
  readonly peerSizes?: readonly number[];
  /** How many of the first frames are left out. */
  readonly without?: number;
}

function compare(
  name: string,
  texts: readonly string[],
  ours: readonly number[],
  {
    peer = textPeer,
    peerSizes = texts.map((text) => Buffer.byteLength(text)),
    without = 0,
  }: Comparison = {},
): FrameTarget {
  const meanOf = (sizes: readonly number[]) => {
    const counted = sizes.slice(without);
    return counted.reduce((sum, size) => sum + size, 0) / counted.length;
  };
  const [bytes, peerBytes] = [meanOf(ours), meanOf(peerSizes)];
  const textBytes = meanOf(texts.map((text) => Buffer.byteLength(text)));
  const frames = texts.length - without;
  return { name, frames, textBytes, bytes, peerBytes, peer, ratio: bytes / peerBytes };
}

/** What a member gets that is in the room from the first frame on. */
async function successive(
  room: string,
  texts: readonly string[],
  dictionary?: Uint8Array,
): Promise<number[]> {
  const frames = new RoomFrames(room, dictionary && { dictionary });
  const sizes: number[] = [];
  let held: number | undefined;
  for (const text of texts) {
    const frame = frames.next(text);
    const encoding = frame?.encodingFor(held, dictionary !== undefined) ?? null;
    const [size] = await written([text], [encoding]);
    sizes.push(size ?? Number.NaN);
    held = (await encoding?.encode()) ? frame?.context : held;
  }
  return sizes;
}

function written(
  texts: readonly string[],
  encodings: readonly (FrameEncoding | null)[],
): Promise<number[]> {
  return Promise.all(
    texts.map(async (text, at) => {
      const compressed = await encodings[at]?.encode();
      return compressed?.message.length ?? Buffer.byteLength(text);
    }),
  );
}
