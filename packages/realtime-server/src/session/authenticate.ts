import { type Clock, type ErrorCode, RoomcastError } from '@roomcast/realtime-contract';
import type { AuthenticatedUser } from './session.ts';

/**
 * Turns a token into a user, or throws. What it throws reaches the client as
 * `AUTHENTICATION_FAILED`, except for a RoomcastError `TOKEN_EXPIRED`, or `INTERNAL` where the
 * token could not be checked and the client is to try again.
 *
 * @param token - as the client sent it: a non-empty string
 * @param context.signal - aborts when the client is gone or the time is over
 */
export type Authenticate = (
  token: string,
  context: { readonly signal: AbortSignal },
) => Promise<AuthenticatedUser>;

/** The codes with which `authenticate` may tell a client more than that its token is not accepted. */
const toldCodes: ReadonlySet<string> = new Set<ErrorCode>(['TOKEN_EXPIRED', 'INTERNAL']);

/**
 * Runs the `authenticate` option within its time and checks its answer. What it throws reaches the
 * client only as a code; the cause is for the log.
 *
 * @throws RoomcastError `AUTHENTICATION_FAILED`, `AUTHENTICATION_TIMEOUT`, `TOKEN_EXPIRED` or
 * `INTERNAL`
 */
export async function runAuthenticate(
  authenticate: Authenticate,
  token: string,
  context: { readonly clock: Clock; readonly timeoutMs: number; readonly signal?: AbortSignal },
): Promise<AuthenticatedUser> {
  const { clock, timeoutMs } = context;
  const abort = new AbortController();
  let giveUp = (_: RoomcastError) => {};
  const givenUp = new Promise<never>((_, reject) => {
    giveUp = (error) => {
      reject(error);
      abort.abort();
    };
  });
  const onGone = () => giveUp(failed('The client is gone.'));
  context.signal?.addEventListener('abort', onGone, { once: true });
  const cancelTimer = clock.schedule(() => giveUp(timeout(timeoutMs)), timeoutMs);
  try {
    const user = await Promise.race([callAuthenticate(authenticate, token, abort.signal), givenUp]);
    if (user.expiresAtMs !== undefined && user.expiresAtMs <= clock.now()) {
      throw new RoomcastError('TOKEN_EXPIRED', 'The token is past its expiry. Get a new one.');
    }
    return user;
  } finally {
    cancelTimer();
    context.signal?.removeEventListener('abort', onGone);
  }
}

async function callAuthenticate(
  authenticate: Authenticate,
  token: string,
  signal: AbortSignal,
): Promise<AuthenticatedUser> {
  let user: AuthenticatedUser;
  try {
    user = await authenticate(token, { signal });
  } catch (cause) {
    if (cause instanceof RoomcastError && toldCodes.has(cause.code)) throw cause;
    throw failed('The token was not accepted.', { cause });
  }
  // The option is the user's code: an answer without an id must never become a session.
  if (typeof user?.id !== 'string' || user.id === '') {
    throw failed('`authenticate` answered without a user id.');
  }
  const { expiresAtMs } = user;
  // A token whose expiry is no number would never expire.
  if (expiresAtMs !== undefined && !(typeof expiresAtMs === 'number' && expiresAtMs >= 0)) {
    throw failed('`authenticate` answered with an `expiresAtMs` that is not a number.');
  }
  return user;
}

function failed(message: string, options?: ErrorOptions): RoomcastError {
  return new RoomcastError('AUTHENTICATION_FAILED', message, options);
}

function timeout(timeoutMs: number): RoomcastError {
  return new RoomcastError('AUTHENTICATION_TIMEOUT', `No answer within ${timeoutMs} ms.`);
}
