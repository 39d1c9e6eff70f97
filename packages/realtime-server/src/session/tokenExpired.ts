import { RoomcastError } from '@roomcast/realtime-contract';

/** What is asked for while the token is over is refused with this. */
export function tokenExpired(): RoomcastError {
  return new RoomcastError('TOKEN_EXPIRED', 'The token is past its expiry. Send a new one.');
}
