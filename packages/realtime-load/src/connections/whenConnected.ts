import type { RealtimeClient } from '@roomcast/realtime-client';

/**
 * Waits for what the first connection of a client brings. A client would go on trying; a load says
 * that the connection failed.
 *
 * @throws the error of the first attempt
 */
export async function whenConnected<Value>(
  client: RealtimeClient,
  wanted: Promise<Value>,
): Promise<Value> {
  let end = () => {};
  const failed = new Promise<never>((_, reject) => {
    end = client.watchState((state) => {
      if (state.status === 'reconnecting' || state.status === 'closed') reject(state.error);
    });
  });
  try {
    return await Promise.race([wanted, failed]);
  } finally {
    end();
    // Where it lost the race it is nobody's any more.
    wanted.catch(() => {});
    failed.catch(() => {});
  }
}
