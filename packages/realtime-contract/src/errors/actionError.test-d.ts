import { ActionError, isActionError } from './actionError.ts';
import type { ErrorCode } from './errorCodes.ts';
import { RoomcastError } from './roomcastError.ts';

export function codeOf(error: unknown): 'SOLD_OUT' | 'other' {
  return isActionError(error, 'SOLD_OUT') ? error.code : 'other';
}

export const declared: ActionError<'SOLD_OUT' | 'LATE'> = new ActionError('LATE');

// @ts-expect-error not one of the declared codes
export const undeclared: ActionError<'SOLD_OUT'> = new ActionError('LATE');

export const known: ErrorCode = new RoomcastError('CLOSED', 'closed').code;

// @ts-expect-error not one of the codes of Roomcast
export const unknown = new RoomcastError('SOLD_OUT', 'No seats left.');
