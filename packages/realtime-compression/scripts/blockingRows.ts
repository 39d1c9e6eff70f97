import { compressFrame, RoomFrames } from '../src/frames/index.ts';
import { createRandom } from './sampleMessages.ts';

const attempts = 31;

/**
 * How long publishing blocks the loop, for texts of several lengths: making what is made at once,
 * and beginning what is made on zlib's thread pool.
 */
export async function blockingRows(dictionary: Uint8Array): Promise<string[][]> {
  const random = createRandom(11);
  const letters = (length: number) =>
    Array.from({ length }, () => (random(2) ? 'a' : 'b')).join('');
  const rows: string[][] = [];
  for (const length of [500, 1_500, 3_072, 3_073, 32_768, 250_000]) {
    const [text, before] = [letters(length), letters(32_768)];
    const alone = await blockedMs(async () => () => [compressFrame(text)?.encode()]);
    const inRoom = await blockedMs(async () => {
      const frames = new RoomFrames('event-42', { dictionary });
      const previous = frames.next(before);
      await previous?.encodingFor(undefined, true).encode();
      return () => {
        const frame = frames.next(text);
        return [
          frame?.encodingFor(previous?.context, true).encode(),
          frame?.encodingFor(undefined, true).encode(),
          frame?.encodingFor(undefined, false).encode(),
        ];
      };
    });
    rows.push([length.toLocaleString('en'), alone.toFixed(2), inRoom.toFixed(2)]);
  }
  return rows;
}

/** The median time until what `prepare` gives returns; what it began ends before the next attempt. */
async function blockedMs(prepare: () => Promise<() => readonly unknown[]>): Promise<number> {
  const times: number[] = [];
  for (let attempt = 0; attempt < attempts; attempt++) {
    const run = await prepare();
    const before = performance.now();
    const begun = run();
    times.push(performance.now() - before);
    await Promise.all(begun);
  }
  return times.toSorted((a, b) => a - b)[attempts >> 1] ?? Number.NaN;
}
