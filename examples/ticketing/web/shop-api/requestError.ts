import type { ApiErrorCode } from '../../shared/apiError.ts';

/** A request that came to nothing. The message is fit to be shown. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  /** The code of the API, or `UNREACHABLE` where no answer of the API came. */
  readonly code: ApiErrorCode | 'UNREACHABLE';

  constructor(code: ApiErrorCode | 'UNREACHABLE', message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
