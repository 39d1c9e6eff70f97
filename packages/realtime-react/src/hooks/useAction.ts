'use client';
import type {
  ActionInput,
  ActionName,
  ActionOutput,
  AnyContract,
  EventName,
} from '@roomcast/realtime-contract';
import { type UseMutationResult, useMutation } from '@tanstack/react-query';
import { callAction, type OptimisticCall } from '../query/callAction.ts';
import type { OptimisticChange, OwnEvent } from '../query/optimistic.ts';
import { useRealtimeContext } from './useRealtimeContext.ts';
import { useSyncedQueries } from './useSyncedQueries.ts';

export interface UseActionOptions<
  C extends AnyContract,
  Name extends ActionName<C>,
  Event extends EventName<C>,
> {
  /** How long to wait for the acknowledgement, in milliseconds. @default 10_000 */
  readonly timeoutMs?: number;
  /** What to show until the server has answered. Taken back where the call fails. */
  optimistic?(input: ActionInput<C, Name>): readonly OptimisticChange[];
  /** The event in which the change comes back, which then takes the place of what is shown. */
  readonly ownEvent?: OwnEvent<C, Event, ActionInput<C, Name>, ActionOutput<C, Name>>;
}

/**
 * An action of the contract as a mutation: `mutate(input)` calls it, and it succeeds with the output
 * of the acknowledgement. Fails as `RealtimeClient.call` does.
 */
export function useAction<
  C extends AnyContract,
  Name extends ActionName<C>,
  Event extends EventName<C> = EventName<C>,
>(
  name: Name,
  options: UseActionOptions<C, Name, Event> = {},
): UseMutationResult<ActionOutput<C, Name>, Error, ActionInput<C, Name>> {
  const { client } = useRealtimeContext();
  const synced = useSyncedQueries();
  const { timeoutMs, optimistic, ownEvent = null } = options;
  return useMutation({
    async mutationFn(input: ActionInput<C, Name>) {
      const call = { name, input, changes: optimistic?.(input) ?? [], ownEvent };
      const limit = timeoutMs !== undefined && { timeoutMs };
      // The server has checked its answer against the same contract.
      const output = callAction(client, synced, { ...call, ...limit } as OptimisticCall);
      return (await output) as ActionOutput<C, Name>;
    },
    // Not held back by the browser's idea of the network: the client knows whether it is connected.
    networkMode: 'always',
  });
}
