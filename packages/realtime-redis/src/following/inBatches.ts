import type { Masters } from '../masters/masters.ts';
import type { RedisMaster } from '../masters/redisMaster.ts';

/** Channels that are subscribed with one command. */
export interface ChannelBatch {
  readonly master: RedisMaster;
  readonly batch: readonly string[];
}

const channelsAtOnce = 500;

/** Groups channels by what one command may name: those of one slot of one server, and not too many. */
export function inBatches(
  names: readonly string[],
  masters: Pick<Masters, 'of' | 'slotOf'>,
): ChannelBatch[] {
  const batches: ChannelBatch[] = [];
  const open = new Map<number, { master: RedisMaster; batch: string[] }>();
  for (const name of names) {
    const master = masters.of(name);
    if (!master) continue;
    const slot = masters.slotOf(name);
    let last = open.get(slot);
    if (!last || last.batch.length >= channelsAtOnce) {
      last = { master, batch: [] };
      open.set(slot, last);
      batches.push(last);
    }
    last.batch.push(name);
  }
  return batches;
}
