import {
  type AnyContract,
  type Clock,
  isRoomcastError,
  type Logger,
  type ReportError,
  RoomcastError,
} from '@roomcast/realtime-contract';
import { runWithin } from '../callbacks/runWithin.ts';
import { automaticRooms } from '../rooms/automaticRooms.ts';
import { type Authenticate, runAuthenticate } from './authenticate.ts';
import type { Revocations } from './revocations.ts';
import type { AuthenticatedUser } from './session.ts';

export interface AuthenticationOptions {
  readonly contract: AnyContract;
  readonly authenticate: Authenticate;
  readonly clock: Clock;
  readonly authenticationTimeoutMs: number;
  readonly logger: Logger;
  readonly report: ReportError;
  readonly revocations: Revocations;
  /** Resolves once this node knows what the others have refused; nothing to wait for where it does. */
  revocationsKnown(): Promise<void> | void;
}

/** Turns a client's token into a user, at the handshake or later. */
export type Authentication = (token: string, signal?: AbortSignal) => Promise<AuthenticatedUser>;

/** Runs the `authenticate` option and leaves in the log why a token was refused. */
export function createAuthentication(options: AuthenticationOptions): Authentication {
  const { contract, authenticate, clock, authenticationTimeoutMs: timeoutMs, report } = options;

  async function attempt(token: string, signal: AbortSignal | undefined) {
    const context = { clock, timeoutMs, ...(signal && { signal }) };
    const user = await runAuthenticate(authenticate, token, context);
    assertUserId(contract, user);
    // A node that does not know what is revoked lets nobody in who has a token.
    await runWithin({ clock, timeoutMs, tooLate: revocationsUnknown }, options.revocationsKnown);
    options.revocations.assertValid(user);
    return user;
  }

  return async (token, signal) => {
    try {
      return await attempt(token, signal);
    } catch (error) {
      if (isOurFault(error)) report(error, 'authenticate');
      else if (!signal?.aborted) options.logger.info({ err: error }, 'a token was refused');
      throw error;
    }
  };
}

function revocationsUnknown(): RoomcastError {
  return new RoomcastError(
    'INTERNAL',
    'What the other nodes have revoked is not known yet. Make sure that the control log can be reached.',
  );
}

/** Whether `authenticate` failed at its work, where it did not find fault with the token. */
function isOurFault(error: unknown): boolean {
  return isRoomcastError(error, 'INTERNAL') || isRoomcastError(error, 'AUTHENTICATION_TIMEOUT');
}

/** A session that cannot have its own room is refused now, with a reason, and not half begun. */
function assertUserId(contract: AnyContract, user: AuthenticatedUser): void {
  try {
    automaticRooms(contract, user);
  } catch (cause) {
    throw new RoomcastError('AUTHENTICATION_FAILED', 'The user id cannot be part of a room name.', {
      cause,
    });
  }
}
