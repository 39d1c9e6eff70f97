/** How long something blocked the loop, in milliseconds. */
export interface Block {
  /** As it was measured first. */
  readonly firstMs: number;
  /** The least of all tries: what it blocks itself, and not what the machine did meanwhile. */
  readonly leastMs: number;
}

const maxTries = 3;

/** Measures a block, and one above the limit again: what is a block of its own is there each time. */
export async function confirmBlock(
  measure: () => Promise<number>,
  limitMs: number,
): Promise<Block> {
  const firstMs = await measure();
  let leastMs = firstMs;
  for (let tries = 1; leastMs > limitMs && tries < maxTries; tries += 1) {
    leastMs = Math.min(leastMs, await measure());
  }
  return { firstMs, leastMs };
}
