interface Watchable<State> {
  readonly state: State;
  watchState(callback: (state: State) => void): () => void;
}

/** Resolves once a state fits; rejects with the last state after `timeoutMs`. */
export async function whenState<
  State extends { readonly status: string; readonly error?: unknown },
>(watchable: Watchable<State>, fits: (state: State) => boolean, timeoutMs: number): Promise<void> {
  if (fits(watchable.state)) return;
  await new Promise<void>((resolve, reject) => {
    const settle = (how: () => void) => {
      stop();
      clearTimeout(timer);
      how();
    };
    const stop = watchable.watchState((state) => {
      if (fits(state)) settle(resolve);
      else if (state.status === 'closed') settle(() => reject(state.error ?? failure(state)));
    });
    const timer = setTimeout(
      () => settle(() => reject(failure(watchable.state, timeoutMs))),
      timeoutMs,
    );
  });
}

function failure(state: { readonly status: string; readonly error?: unknown }, timeoutMs?: number) {
  const when = timeoutMs === undefined ? '' : ` after ${timeoutMs} ms`;
  return new Error(`The state is "${state.status}"${when}.`, { cause: state.error });
}
