import type { RoomState } from './room.ts';
import type { RoomSubscription } from './roomSubscription.ts';

/** Resolves once a room is joined; rejects with the refusal, or with the reason of the signal. */
export function whenJoined(
  subscription: Pick<RoomSubscription, 'state' | 'watchState'>,
  signal: AbortSignal | undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (how: () => void) => {
      stop();
      signal?.removeEventListener('abort', onAbort);
      how();
    };
    const onState = (state: RoomState) => {
      if (state.status === 'joined') settle(resolve);
      if (state.status === 'refused') settle(() => reject(state.error));
    };
    const onAbort = () => settle(() => reject(signal?.reason));
    const stop = subscription.watchState(onState);
    signal?.addEventListener('abort', onAbort);
    if (signal?.aborted) onAbort();
    else onState(subscription.state);
  });
}
