import type { ApiErrorCode } from '../../shared/apiError.ts';

/** A request that the API itself refuses, before the marketplace is asked. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ApiErrorCode;

  constructor(code: ApiErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
