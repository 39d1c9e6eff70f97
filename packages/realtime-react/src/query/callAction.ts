import type { CallOptions, RealtimeClient } from '@roomcast/realtime-client';
import type { AnyContract } from '@roomcast/realtime-contract';
import { type OptimisticChange, showChanges } from './optimistic.ts';
import type { SyncedQueries } from './syncedQueries.ts';

/** The call of an action, with what is shown until it is confirmed. */
export interface OptimisticCall extends CallOptions {
  readonly name: string;
  readonly input: unknown;
  readonly changes: readonly OptimisticChange[];
  readonly ownEvent: {
    readonly name: string;
    isOwn(payload: unknown, call: { input: unknown; output: unknown }): boolean;
  } | null;
}

/** How long after the answer the own event of a call is waited for, in milliseconds. */
const ownEventWaitMs = 10_000;

/**
 * Calls an action. Its changes are shown at once and taken back where the call fails; where its own
 * event comes back they make room for that, so that nothing is on the screen twice.
 *
 * @throws as `RealtimeClient.call` does
 */
export async function callAction(
  client: RealtimeClient<AnyContract>,
  synced: SyncedQueries | null,
  { name, input, changes, ownEvent, ...options }: OptimisticCall,
): Promise<unknown> {
  const shown = synced ? showChanges(synced, changes) : [];
  const heard: unknown[] = [];
  let output: unknown;
  const hear = (payload: unknown) => {
    heard.push(payload);
    if (!ownEvent?.isOwn(payload, { input, output })) return;
    stop();
    for (const layer of shown) layer.giveWay();
  };
  const stop = ownEvent && shown.length > 0 ? client.on(ownEvent.name, hear) : () => {};
  try {
    output = await client.call(name, input, options);
  } catch (error) {
    stop();
    for (const layer of shown) layer.remove();
    throw error;
  }
  // Before the answer nobody may have known which event it was.
  const isBack = heard.some((payload) => ownEvent?.isOwn(payload, { input, output }));
  for (const layer of shown) {
    if (isBack) layer.giveWay();
    else layer.confirm();
  }
  if (isBack) stop();
  else client.ports.clock.schedule(stop, ownEventWaitMs);
  return output;
}
