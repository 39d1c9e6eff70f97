import type { InspectedRoom, RealtimeClient } from '@roomcast/realtime-client';
import { type AnyContract, clientRequests } from '@roomcast/realtime-contract';
import { nothingWithin } from './nothingWithin.ts';
import { whenTold } from './whenTold.ts';

const acknowledgementType = '3';

/** How long a client keeps a room that nobody uses any more, in milliseconds. */
const keptMs = 1_000;

interface Leaving {
  /** How many uses `release` gives up. */
  readonly uses: number;
  release(): void;
  /** How long the answer may take, once the client has asked to leave. */
  readonly timeoutMs: number;
}

/**
 * Gives up all uses of a room, and waits until the server has answered that it is left: a client
 * asks for that a while later, since a page that is mounted again must not leave and join.
 *
 * @throws an error, before anything is given up, for a room that the client would stay in; one where
 * no answer comes in time
 */
export async function leaveRoom<C extends AnyContract>(
  client: RealtimeClient<C>,
  room: string,
  { uses, release, timeoutMs }: Leaving,
): Promise<void> {
  const find = () => [...client.ports.inspection.rooms.all].find((one) => one.room.name === room);
  const entry = find();
  if (entry) assertLeavable(entry, uses);
  release();
  // Who is not connected is in no room of the server, nor is who was refused there.
  if (client.state.status !== 'connected' || !find()) return;
  await whenTold(
    ({ resolve }) => {
      let requestId: number | undefined;
      return client.ports.inspection.notices.add((notice) => {
        if (notice.type === 'delivered' || !notice.packet) return;
        const { type, id, payload } = notice.packet;
        if (notice.type === 'sent' && isLeaving(payload, room)) requestId = id;
        const isAnswer = notice.type === 'received' && type === acknowledgementType;
        if (isAnswer && requestId !== undefined && id === requestId) resolve();
      });
    },
    {
      timeoutMs: keptMs + timeoutMs,
      failure: () =>
        nothingWithin(`answer that "${room}" is left`, keptMs + timeoutMs, client.state),
    },
  );
}

function assertLeavable({ room: { name }, uses, isAutomatic }: InspectedRoom, own: number): void {
  if (isAutomatic) {
    throw new Error(`The room "${name}" cannot be left: every session of the user is in it.`);
  }
  if (uses <= own) return;
  const others = uses - own === 1 ? 'another use' : `${uses - own} other uses`;
  throw new Error(
    `The room "${name}" is not left: \`tester.client\` has ${others} of it. Call \`release\` of what its \`subscribe\` returned first.`,
  );
}

function isLeaving(payload: unknown, room: string): boolean {
  if (!Array.isArray(payload) || payload[0] !== clientRequests.leave) return false;
  return Array.isArray(payload[1]) && payload[1].includes(room);
}
