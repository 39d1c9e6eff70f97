/** How long each sample is at least, so that the clock's steps do not matter. */
const sampleMs = 20;
const samples = 9;

/** The median time of one call in milliseconds, after calls to warm up. */
export function medianMs(run: () => unknown): number {
  let calls = 1;
  for (const begin = performance.now(); performance.now() - begin < sampleMs * 4; calls++) run();
  const perSample = Math.max(1, Math.round(calls / 4));
  const times = Array.from({ length: samples }, () => {
    const before = performance.now();
    for (let call = 0; call < perSample; call++) run();
    return (performance.now() - before) / perSample;
  });
  return times.toSorted((a, b) => a - b)[samples >> 1] ?? Number.NaN;
}
