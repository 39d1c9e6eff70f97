import type { ApiErrorCode } from '../../shared/apiError.ts';

/** Why the marketplace refused something. */
export type MarketplaceErrorCode = Extract<
  ApiErrorCode,
  | 'EVENT_NOT_FOUND'
  | 'INSUFFICIENT_BALANCE'
  | 'INVALID_AMOUNT'
  | 'INVALID_EVENT_CHANGE'
  | 'NOT_TICKET_OWNER'
  | 'SYMBOL_NOT_FOUND'
  | 'TICKET_MISMATCH'
  | 'TICKET_NOT_FOUND'
  | 'TICKET_SOLD'
  | 'TRANSFER_TO_SELF'
  | 'USER_NOT_FOUND'
  | 'VENUE_NOT_FOUND'
>;

/** A refusal by the rules of the marketplace. The message is written for the user. */
export class MarketplaceError extends Error {
  override readonly name = 'MarketplaceError';
  readonly code: MarketplaceErrorCode;

  constructor(code: MarketplaceErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
