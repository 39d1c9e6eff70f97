import type { Context } from 'hono';
import { type ApiErrorBody, type ApiErrorCode, apiErrorStatus } from '../../shared/apiError.ts';
import { MarketplaceError } from '../marketplace/marketplaceError.ts';
import { ApiError } from './apiError.ts';

/** The answer that an error becomes. What is not a refusal is logged and not described. */
export function respondWithError(error: unknown, context: Context): Response {
  if (error instanceof ApiError || error instanceof MarketplaceError) {
    return answer(context, error.code, error.message);
  }
  console.error(`${context.req.method} ${context.req.path} failed:`, error);
  return answer(context, 'INTERNAL', 'Something went wrong on our side. Please try again.');
}

function answer(context: Context, code: ApiErrorCode, message: string): Response {
  const body: ApiErrorBody = { error: { code, message } };
  return context.json(body, apiErrorStatus[code]);
}
