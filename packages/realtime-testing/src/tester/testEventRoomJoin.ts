import {
  fromWireError,
  isRecord,
  RoomcastError,
  readAcknowledgement,
} from '@roomcast/realtime-contract';
import { io } from 'socket.io-client';
import { defaultTimeoutMs } from '../defaultTimeoutMs.ts';
import type { TesterTarget } from '../server/testServer.ts';
import { whenTold } from './whenTold.ts';

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
  const { userId, timeoutMs = defaultTimeoutMs } = options;
  const socket = io(target.url, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    auth: userId === undefined ? {} : { token: await target.tokenFor(userId) },
  });
  try {
    return await whenTold<RoomJoined>(
      ({ resolve, reject }) => {
        socket.on('connect_error', (cause) => reject(refusal(cause)));
        socket.on('disconnect', (reason) => reject(failed(`Disconnected: ${reason}.`)));
        socket.on('room-joined', (joined: RoomJoined) => {
          if (joined.eventId === eventId) resolve(joined);
        });
        socket.emit('join-event', eventId, (answer: unknown) => {
          try {
            readAcknowledgement(answer);
          } catch (error) {
            reject(error);
          }
        });
        return () => void socket.removeAllListeners();
      },
      { timeoutMs, failure: () => failed(`No "room-joined" within ${timeoutMs} ms.`) },
    );
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
