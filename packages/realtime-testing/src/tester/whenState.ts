import { type TellOptions, whenTold } from './whenTold.ts';

interface Watchable<State> {
  readonly state: State;
  watchState(callback: (state: State) => void): () => void;
}

/**
 * Resolves once a state fits; rejects with the error of the state "closed", which no other follows
 * by itself, or with `failure`, which also stands in where that state has no error.
 */
export function whenState<State extends { readonly status: string; readonly error?: unknown }>(
  watchable: Watchable<State>,
  fits: (state: State) => boolean,
  { timeoutMs, failure }: TellOptions,
): Promise<void> {
  return whenTold(
    ({ resolve, reject }) => {
      const onState = (state: State) => {
        if (fits(state)) resolve();
        else if (state.status === 'closed') reject(state.error ?? failure());
      };
      const stop = watchable.watchState(onState);
      onState(watchable.state);
      return stop;
    },
    { timeoutMs, failure },
  );
}
