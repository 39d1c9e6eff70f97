import type { RealtimeClient } from '@roomcast/realtime-client';
import type { AnyContract } from '@roomcast/realtime-contract';
import { nothingWithin } from './nothingWithin.ts';
import { whenTold } from './whenTold.ts';

/** Resolves once the server has told a client that its token is over; rejects after `timeoutMs`. */
export function whenTokenFrame<C extends AnyContract>(
  client: RealtimeClient<C>,
  timeoutMs: number,
): Promise<void> {
  return whenTold(
    ({ resolve }) =>
      client.ports.inspection.notices.add((notice) => {
        if (notice.type === 'received' && notice.frame?.type === 'token') resolve();
      }),
    {
      timeoutMs,
      failure: () => nothingWithin('word about the end of the token', timeoutMs, client.state),
    },
  );
}
