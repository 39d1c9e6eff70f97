import { readFile, writeFile } from 'node:fs/promises';
import { fillBlocks } from './fillBlocks.ts';
import { type KeptFigures, readMeasuredCosts } from './measuredCosts.ts';
import { scalingBlocks } from './scalingBlocks.ts';

/** Writes the numbers of the page that reasons on from results, and leaves its text as it is. */
export async function writeScaling(page: URL, records: readonly KeptFigures[]): Promise<void> {
  await writeFile(page, formatScaling(await readFile(page, 'utf8'), records));
}

export function formatScaling(page: string, records: readonly KeptFigures[]): string {
  return fillBlocks(page, scalingBlocks(readMeasuredCosts(records)));
}
