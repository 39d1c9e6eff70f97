import { inflateFrame } from '@roomcast/realtime-compression/frames';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../random/seededRandom.ts';
import { carryPayloads } from './carriedPayloads.ts';
import { measureCompression } from './compressionBlocks.ts';
import { openReader, readDamaged } from './readDamaged.ts';
import { refuseBombs } from './refuseBombs.ts';
import { soundMessages } from './soundMessages.ts';

const never = new AbortController().signal;

describe('the codec scenario', () => {
  it('finds a reader that does not compare checksums', async () => {
    const sound = await soundMessages(seededRandom(1), 3);
    const alone = sound.filter(({ kind, message }) => kind === 'frame' && message[0] === 1);
    const damaged = { sound: alone, seed: 1, count: 300 };
    expect(readDamaged(damaged).failures).toEqual([]);
    const { failures } = readDamaged(damaged, (subject) => {
      const read = openReader(subject);
      return (message) =>
        message === subject.message ? read(message) : inflateFrame(bodyOf(message as Uint8Array));
    });
    expect(failures[0]).toMatch(/a (flip|cut) of a frame: it was read/);
  });

  it('finds a bomb that takes too long, and a text that blocks for too long', async () => {
    const bombs = await refuseBombs({ seed: 1, count: 3, limitMs: 0 });
    expect(bombs.failures.join()).toMatch(/bomb 0, .*, took [\d.]+ ms/);
    const blocks = await measureCompression({ seed: 1, count: 1, limitMs: 0 });
    expect(blocks.failures[0]).toMatch(/payload 0 of \d+ characters blocked for [\d.]+ ms/);
  });

  it('finds a payload that came as another, and one that came out of turn', async () => {
    const carry = (harm: (payload: unknown, index: number) => unknown) =>
      carryPayloads(seededRandom(1), 200, { signal: never, onDone() {} }, harm);
    const harmed = await carry((payload, index) => (index === 7 ? [payload] : payload));
    expect(harmed.failures[0]).toMatch(/^payload 7 over .* came as \[/);
    expect(harmed.passed).toBe(0);
    let waiting: unknown;
    const swapped = await carry((payload, index) => {
      if (index !== 3) return index === 4 ? waiting : payload;
      waiting = payload;
      return 'the one behind it';
    });
    expect(swapped.failures[0]).toMatch(/^payload 3 over .* came as "the one behind it"/);
  });
});

/** Without the code and the checksum. */
function bodyOf(message: Uint8Array): Uint8Array {
  return message.subarray(1, -4);
}
