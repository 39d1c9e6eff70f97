import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One webhook of the recorded day. */
export interface RecordedDelivery {
  /** When it is sent, from the beginning of the day. */
  readonly atMs: number;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** For balances: by how much the recorded one goes up. */
  readonly credit?: number;
}

/** One delivery a line, in the order of time. */
export const recordedDayFile = join(import.meta.dirname, 'day.jsonl');

export function writeDeliveries(deliveries: readonly RecordedDelivery[]): string {
  return deliveries.map((delivery) => `${JSON.stringify(delivery)}\n`).join('');
}

/** Reads the recorded day. */
export async function readRecordedDay(): Promise<readonly RecordedDelivery[]> {
  const text = await readFile(recordedDayFile, 'utf8');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as RecordedDelivery);
}
