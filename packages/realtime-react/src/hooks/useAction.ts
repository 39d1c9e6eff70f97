'use client';
import type { CallOptions } from '@roomcast/realtime-client';
import type {
  ActionInput,
  ActionName,
  ActionOutput,
  AnyContract,
} from '@roomcast/realtime-contract';
import { type UseMutationResult, useMutation } from '@tanstack/react-query';
import { callAction } from '../query/callAction.ts';
import type { OptimisticChange } from '../query/optimistic.ts';
import { useRealtimeContext } from './useRealtimeContext.ts';
import { useSyncedQueries } from './useSyncedQueries.ts';

/** `timeoutMs` and `offline` are those of `RealtimeClient.call`. */
export interface UseActionOptions<C extends AnyContract, Name extends ActionName<C>>
  extends Pick<CallOptions, 'timeoutMs' | 'offline'> {
  /**
   * What to show until the server has answered. Taken back where the call fails; what the action
   * publishes takes its place in the queries that it changes, a fetch in the others.
   */
  optimistic?(input: ActionInput<C, Name>): readonly OptimisticChange[];
}

/**
 * An action of the contract as a mutation: `mutate(input)` calls it, and it succeeds with the output
 * of the acknowledgement. Fails as `RealtimeClient.call` does.
 */
export function useAction<C extends AnyContract, Name extends ActionName<C>>(
  name: Name,
  options: UseActionOptions<C, Name> = {},
): UseMutationResult<ActionOutput<C, Name>, Error, ActionInput<C, Name>> {
  const { client } = useRealtimeContext();
  const synced = useSyncedQueries();
  const { optimistic, ...call } = options;
  return useMutation({
    async mutationFn(input: ActionInput<C, Name>) {
      const changes = optimistic?.(input) ?? [];
      // The server has checked its answer against the same contract.
      const output = callAction(client, synced, { ...call, name, input, changes });
      return (await output) as ActionOutput<C, Name>;
    },
    // Not held back by the browser's idea of the network: the client knows whether it is connected.
    networkMode: 'always',
  });
}
