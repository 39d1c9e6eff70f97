import { io, type Socket } from 'socket.io-client';
import type { Target } from '../plan/target.ts';
import { transportReason } from './transportReason.ts';

/** How long a server may take to acknowledge. */
const acknowledgeTimeoutMs = 10_000;

/**
 * Opens a stock client.
 *
 * @param listen - hears of the socket before anything can have arrived
 * @throws the reason of the first attempt, where that fails
 */
export async function openSocket(
  { url, path, namespace, transports }: Target,
  token: string | null,
  listen: (socket: Socket) => void = () => {},
): Promise<Socket> {
  const socket = io(new URL(namespace, url).href, {
    ...{ path, transports: [...transports], forceNew: true },
    ...(token !== null && { auth: { token } }),
  });
  listen(socket);
  return new Promise((resolve, reject) => {
    socket.once('connect', () => {
      socket.off('connect_error');
      resolve(socket);
    });
    socket.once('connect_error', (error) => {
      socket.disconnect();
      reject(
        new Error(`No connection to ${url}: ${transportReason(error) ?? error.message}.`, {
          cause: error,
        }),
      );
    });
  });
}

/**
 * Emits an event.
 *
 * @param acknowledges - whether to wait for the server's word; an answer with `ok: false` or an
 * `error` is a refusal
 */
export async function say(
  socket: Socket,
  event: string,
  input: unknown,
  acknowledges: boolean,
): Promise<void> {
  if (!acknowledges) {
    socket.emit(event, input);
    return;
  }
  const answer = await socket.timeout(acknowledgeTimeoutMs).emitWithAck(event, input);
  const { ok = true, error } = Object(answer);
  if (ok === false || error) {
    throw new Error(`The server refused "${event}": ${JSON.stringify(answer)}.`);
  }
}
