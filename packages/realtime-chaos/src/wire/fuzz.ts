import type { SeededRandom } from '../random/seededRandom.ts';
import { fuzzPolling } from './fuzzPolling.ts';
import { type FuzzRecord, newFuzzRecord } from './fuzzRecord.ts';
import { fuzzWebSocket } from './fuzzWebSocket.ts';
import { createPace } from './pace.ts';

/** So many connections at once of each transport. */
const lanes = { webSocket: 12, polling: 4 };

export interface FuzzPlan {
  readonly port: number;
  readonly random: SeededRandom;
  readonly frames: number;
  readonly perSecond: number;
  readonly signal: AbortSignal;
}

/** Sends so many frames over both transports; connections that are closed are opened anew. */
export async function fuzz({
  port,
  random,
  frames,
  perSecond,
  signal,
}: FuzzPlan): Promise<FuzzRecord> {
  const record = newFuzzRecord();
  const pace = createPace(perSecond);
  const lane = async (one: typeof fuzzWebSocket) => {
    const options = { port, random: random.fork(), record, pace };
    while (record.frames < frames && !signal.aborted && record.silent.length === 0) {
      await one(options);
    }
  };
  await Promise.all([
    ...Array.from({ length: lanes.webSocket }, () => lane(fuzzWebSocket)),
    ...Array.from({ length: lanes.polling }, () => lane(fuzzPolling)),
  ]);
  return record;
}
