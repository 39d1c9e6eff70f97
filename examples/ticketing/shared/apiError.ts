/** What the API answers with instead of the thing asked for, and the HTTP status of each. */
export const apiErrorStatus = {
  INVALID_BODY: 400,
  UNAUTHENTICATED: 401,
  NOT_TICKET_OWNER: 403,
  EVENT_NOT_FOUND: 404,
  NOT_FOUND: 404,
  TICKET_NOT_FOUND: 404,
  SYMBOL_NOT_FOUND: 404,
  USER_NOT_FOUND: 404,
  VENUE_NOT_FOUND: 404,
  INSUFFICIENT_BALANCE: 409,
  TICKET_MISMATCH: 409,
  TICKET_SOLD: 409,
  BODY_TOO_LARGE: 413,
  INVALID_AMOUNT: 422,
  INVALID_EVENT_CHANGE: 422,
  TRANSFER_TO_SELF: 422,
  INTERNAL: 500,
} as const;

export type ApiErrorCode = keyof typeof apiErrorStatus;

/** The body of every answer that is not a success. */
export interface ApiErrorBody {
  readonly error: { readonly code: ApiErrorCode; readonly message: string };
}
