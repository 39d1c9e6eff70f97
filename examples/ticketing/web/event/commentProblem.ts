import { isActionError, isRoomcastError } from '@roomcast/realtime-contract';

/** Why a comment was not sent, in words for the one who wrote it. */
export function commentProblem(error: Error): string {
  if (isActionError(error, 'EVENT_NOT_FOUND')) return 'This event is no longer on.';
  if (isRoomcastError(error, 'NOT_CONNECTED')) {
    return 'You are offline. Send it again once you are connected.';
  }
  if (isRoomcastError(error, 'CONNECTION_LOST') || isRoomcastError(error, 'ACTION_TIMEOUT')) {
    return 'No answer came. See below whether your comment arrived before you send it again.';
  }
  return 'Your comment was not accepted. Please try again.';
}
