interface Watchable<State> {
  readonly state: State;
  watchState(callback: (state: State) => void): () => void;
}

/**
 * Resolves once a state fits; rejects with the error of the state "closed", which no other follows
 * by itself, or after `timeoutMs`.
 */
export async function whenState<
  State extends { readonly status: string; readonly error?: unknown },
>(watchable: Watchable<State>, fits: (state: State) => boolean, timeoutMs: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const settle = (how: () => void) => {
      stop();
      clearTimeout(timer);
      how();
    };
    const onState = (state: State) => {
      if (fits(state)) settle(resolve);
      else if (state.status === 'closed') settle(() => reject(state.error ?? failure(state)));
    };
    const stop = watchable.watchState(onState);
    const timer = setTimeout(
      () => settle(() => reject(failure(watchable.state, timeoutMs))),
      timeoutMs,
    );
    onState(watchable.state);
  });
}

function failure(state: { readonly status: string; readonly error?: unknown }, timeoutMs?: number) {
  const when = timeoutMs === undefined ? '' : ` after ${timeoutMs} ms`;
  return new Error(`The state is "${state.status}"${when}.`, { cause: state.error });
}
