import { RoomcastError } from '@roomcast/realtime-contract';
import { ActionQueue } from './actionQueue.ts';
import type { Outbox } from './outbox.ts';

/** What an outbox keeps. */
export interface OutboxOptions<Name extends string> {
  /** The actions that are queued unless their call says otherwise. @default none */
  readonly actions?: readonly Name[];
  /** The most actions that wait, for a connection or for their answer. @default 100 */
  readonly maxActions?: number;
  /** The most that their inputs take as JSON, in bytes. @default 262_144 */
  readonly maxBytes?: number;
  /** How long after its call an action may still be sent, in milliseconds. @default 60_000 */
  readonly maxAgeMs?: number;
}

/**
 * Keeps actions that are called while there is no connection, in memory: a reload of the page forgets
 * them.
 *
 * @throws RoomcastError `INVALID_CONFIG`, naming the option
 *
 * @example
 * const outbox = createOutbox({ actions: ['send-message'] });
 * const client = createRealtimeClient({ contract, outbox });
 */
export function createOutbox<const Name extends string = never>({
  actions = [],
  maxActions = 100,
  maxBytes = 262_144,
  maxAgeMs = 60_000,
}: OutboxOptions<Name> = {}): Outbox<NoInfer<Name>> {
  const limits = { maxActions, maxBytes, maxAgeMs };
  for (const [name, value] of Object.entries(limits)) {
    if (value > 0) continue;
    throw new RoomcastError(
      'INVALID_CONFIG',
      `Expected \`${name}\` to be a positive number, got \`${value}\`.`,
    );
  }
  return { actions, open: (link) => new ActionQueue(link, { actions, ...limits }) };
}
