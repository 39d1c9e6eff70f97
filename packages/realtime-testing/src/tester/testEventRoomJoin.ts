import {
  fromWireError,
  isRecord,
  RoomcastError,
  readAcknowledgement,
} from '@roomcast/realtime-contract';
import { io } from 'socket.io-client';
import type { TesterTarget } from '../server/testServer.ts';

/** What the server says with `room-joined`. */
export interface RoomJoined {
  readonly room: string;
  readonly kind: string;
  readonly eventId: string;
}

/**
 * Joins the room of an event as any stock Socket.IO client does, and waits for `room-joined`.
 *
 * @param options.userId - a guest when left out
 * @param options.timeoutMs - 2,000 when left out
 * @throws RoomcastError: the refusal, or `CONNECTION_FAILED` when nothing comes in time
 */
export async function testEventRoomJoin(
  target: Pick<TesterTarget, 'url' | 'tokenFor'>,
  eventId: string,
  options: { readonly userId?: string; readonly timeoutMs?: number } = {},
): Promise<RoomJoined> {
  const { userId, timeoutMs = 2_000 } = options;
  const socket = io(target.url, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    auth: userId === undefined ? {} : { token: await target.tokenFor(userId) },
  });
  try {
    return await new Promise<RoomJoined>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(failed(`No "room-joined" within ${timeoutMs} ms.`)),
        timeoutMs,
      );
      const settle = (how: () => void) => {
        clearTimeout(timer);
        how();
      };
      socket.on('connect_error', (cause) => settle(() => reject(refusal(cause))));
      socket.on('disconnect', (reason) => settle(() => reject(failed(`Disconnected: ${reason}.`))));
      socket.on('room-joined', (joined: RoomJoined) => {
        if (joined.eventId === eventId) settle(() => resolve(joined));
      });
      socket.emit('join-event', eventId, (answer: unknown) => {
        try {
          readAcknowledgement(answer);
        } catch (error) {
          settle(() => reject(error));
        }
      });
    });
  } finally {
    socket.disconnect();
  }
}

/** The server's refusal of the handshake, or why it was not reached. */
function refusal(cause: Error & { data?: unknown }): Error {
  const { data, message } = cause;
  return isRecord(data) ? fromWireError(data) : failed(message, { cause });
}

function failed(message: string, options?: ErrorOptions): RoomcastError {
  return new RoomcastError('CONNECTION_FAILED', message, options);
}
