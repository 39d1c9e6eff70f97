import type { RealtimeClient } from '@roomcast/realtime-client';
import { type AnyContract, clientRequests } from '@roomcast/realtime-contract';

const acknowledgementType = '3';

/** How long a client keeps a room that nobody uses any more, in milliseconds. */
const keptMs = 1_000;

/**
 * Gives up all uses of a room, and waits until the server has answered that it is left: a client
 * asks for that a while later, since a page that is mounted again must not leave and join.
 *
 * @param release - gives up the uses
 * @param timeoutMs - how long the answer may take from then on
 * @throws an error where no answer comes in time
 */
export async function leaveRoom<C extends AnyContract>(
  client: RealtimeClient<C>,
  room: string,
  { release, timeoutMs }: { readonly release: () => void; readonly timeoutMs: number },
): Promise<void> {
  release();
  // Who is not connected is in no room of the server.
  if (client.state.status !== 'connected') return;
  await new Promise<void>((resolve, reject) => {
    let requestId: number | undefined;
    const settle = (how: () => void) => {
      stop();
      clearTimeout(timer);
      how();
    };
    const stop = client.ports.inspection.notices.add((notice) => {
      if (notice.type === 'delivered' || !notice.packet) return;
      const { type, id, payload } = notice.packet;
      if (notice.type === 'sent' && isLeaving(payload, room)) requestId = id;
      const isAnswer = notice.type === 'received' && type === acknowledgementType;
      if (isAnswer && requestId !== undefined && id === requestId) settle(resolve);
    });
    const timer = setTimeout(() => {
      settle(() => reject(new Error(`The room "${room}" was not left in time.`)));
    }, keptMs + timeoutMs);
  });
}

function isLeaving(payload: unknown, room: string): boolean {
  if (!Array.isArray(payload) || payload[0] !== clientRequests.leave) return false;
  return Array.isArray(payload[1]) && payload[1].includes(room);
}
