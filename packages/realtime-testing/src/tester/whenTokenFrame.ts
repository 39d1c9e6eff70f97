import type { RealtimeClient } from '@roomcast/realtime-client';
import type { AnyContract } from '@roomcast/realtime-contract';

/** Resolves once the server has told a client that its token is over; rejects after `timeoutMs`. */
export async function whenTokenFrame<C extends AnyContract>(
  client: RealtimeClient<C>,
  timeoutMs: number,
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const settle = (how: () => void) => {
      stop();
      clearTimeout(timer);
      how();
    };
    const stop = client.ports.inspection.notices.add((notice) => {
      if (notice.type === 'received' && notice.frame?.type === 'token') settle(resolve);
    });
    const timer = setTimeout(() => {
      const { status } = client.state;
      settle(() => reject(new Error(`Not told within ${timeoutMs} ms. The state is "${status}".`)));
    }, timeoutMs);
  });
}
