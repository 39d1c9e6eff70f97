import type { PublicationInput, PublishResult } from '@roomcast/realtime-contract';
import { type Breaking, publishing } from './breaking.ts';

/** A broker with a memory for keys of its own kind. */
export function remembering(
  keyOf: (input: PublicationInput) => string | undefined,
  delay: () => Promise<unknown> = async () => {},
): Breaking {
  const results = new Map<string, PublishResult>();
  return publishing(async ({ idempotencyKey, ...rest }, publish) => {
    const key = keyOf({ ...rest, ...(idempotencyKey !== undefined && { idempotencyKey }) });
    const earlier = key === undefined ? undefined : results.get(key);
    if (earlier) return earlier;
    await delay();
    const result = await publish(rest);
    if (key !== undefined) results.set(key, result);
    return result;
  });
}
