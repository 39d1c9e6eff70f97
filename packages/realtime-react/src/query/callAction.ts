import {
  type CallOptions,
  createIdempotencyKey,
  type RealtimeClient,
} from '@roomcast/realtime-client';
import type { AnyContract } from '@roomcast/realtime-contract';
import { type OptimisticChange, showChanges } from './optimistic.ts';
import type { SyncedQueries } from './syncedQueries.ts';

/** The call of an action, with what is shown until it is confirmed. */
export interface OptimisticCall extends CallOptions {
  readonly name: string;
  readonly input: unknown;
  readonly changes: readonly OptimisticChange[];
}

/**
 * Calls an action. Its changes are shown at once and taken back where the call fails; where what it
 * published changes a query they make room for that, so that nothing is on the screen twice.
 *
 * @throws as `RealtimeClient.call` does
 */
export async function callAction(
  client: RealtimeClient<AnyContract>,
  synced: SyncedQueries | null,
  { name, input, changes, ...options }: OptimisticCall,
): Promise<unknown> {
  const idempotencyKey = createIdempotencyKey();
  const shown = synced ? showChanges(synced, changes, idempotencyKey) : [];
  try {
    const output = await client.call(name, input, { ...options, idempotencyKey });
    // What it published has been heard: where that changed a query, the change is gone already.
    for (const layer of shown) layer.confirm();
    return output;
  } catch (error) {
    for (const layer of shown) layer.remove();
    throw error;
  }
}
