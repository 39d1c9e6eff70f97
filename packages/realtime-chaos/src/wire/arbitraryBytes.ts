import type { SeededRandom } from '../random/seededRandom.ts';
import { closeFrame, webSocketFrame } from './webSocketBytes.ts';

/** Frames of WebSocket that break its rules, or only look like it. */
export function arbitraryBytes(random: SeededRandom, text: string): Buffer {
  const payload = Buffer.from(text);
  const kinds: readonly (() => Buffer)[] = [
    () => webSocketFrame(text, { opcode: random.integer(0, 15) }),
    () => webSocketFrame(text, { rsv: random.integer(1, 7) }),
    () => webSocketFrame(text, { isMasked: false }),
    () => webSocketFrame(text, { fin: false }),
    () =>
      webSocketFrame(text.slice(0, 200), {
        opcode: random.integer(8, 10),
        fin: random.chance(0.5),
      }),
    () =>
      webSocketFrame(text, { length: BigInt(payload.length + random.integer(-5, 5)) & 0xffffn }),
    () => webSocketFrame(text, { length: 1n << BigInt(random.integer(16, 63)) }),
    () => webSocketFrame(text, { lengthBytes: 8 }),
    () => webSocketFrame(random.chance(0.5) ? payload : text.repeat(20).slice(0, 70_000)),
    () => closeFrame(random.integer(0, 65_535), text.slice(0, 120)),
    () => damaged(random, webSocketFrame(text)),
    () => webSocketFrame(damaged(random, payload), { opcode: 1 }),
    () => Buffer.from(Array.from({ length: 40 }, () => random.integer(0, 255))),
  ];
  return kinds[random.integer(0, kinds.length - 1)]?.() ?? payload;
}

/** The same with some bits turned, or cut short. */
export function damaged(random: SeededRandom, bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  for (let count = random.integer(1, 4); count > 0 && copy.length > 0; count -= 1) {
    const at = random.integer(0, copy.length - 1);
    copy[at] = (copy[at] ?? 0) ^ (1 << random.integer(0, 7));
  }
  return random.chance(0.3) ? copy.subarray(0, random.integer(0, copy.length)) : copy;
}
