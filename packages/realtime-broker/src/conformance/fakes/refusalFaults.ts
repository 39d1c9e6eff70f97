import { publishing } from './breaking.ts';
import type { Fault } from './fault.ts';

const refusals: readonly string[] = [
  'a reliable payload that JSON cannot hold is refused, and leaves the room as it was',
  'a latest payload that JSON cannot hold is refused, and leaves the room as it was',
  'a volatile payload that JSON cannot hold is refused, and leaves the room as it was',
];

/** What is published although it cannot be. */
export const refusalFaults: readonly Fault[] = [
  {
    fault: 'publishes null for what JSON cannot hold',
    breaking: () =>
      publishing((input, publish) =>
        publish(input).catch(() => publish({ ...input, payload: null })),
      ),
    breaks: refusals,
  },
  {
    fault: 'publishes something of what it refuses',
    breaking: () =>
      publishing(({ idempotencyKey, ...input }, publish) =>
        publish({ ...input, ...(idempotencyKey !== undefined && { idempotencyKey }) }).catch(
          async (error) => {
            await publish({ ...input, payload: 'refused' });
            throw error;
          },
        ),
      ),
    breaks: refusals,
  },
  {
    fault: 'takes the key of what it refuses for used',
    breaking: () =>
      publishing((input, publish) =>
        publish(input).catch(async (error) => {
          await publish({ ...input, payload: 'refused', delivery: 'volatile' });
          throw error;
        }),
      ),
    breaks: refusals,
  },
];
