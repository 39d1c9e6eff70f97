import { type ApiErrorBody, apiErrorStatus } from '../../shared/apiError.ts';
import { RequestError } from './requestError.ts';

/** What a request takes beside its path. */
export interface RequestOptions {
  readonly token?: string | undefined;
  /** Makes the request a POST. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** Asks the API. @throws RequestError for every answer that is not a success */
export async function request<Answer>(path: string, options: RequestOptions = {}): Promise<Answer> {
  const { token, body, signal } = options;
  const response = await fetch(`/api${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    body: body === undefined ? null : JSON.stringify(body),
    signal: signal ?? null,
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause;
    throw unreachable(cause);
  });
  const answer: unknown = await response.json().catch((cause: unknown) => {
    throw unreachable(cause);
  });
  if (response.ok) return answer as Answer;
  if (!isErrorBody(answer)) throw unreachable(answer);
  throw new RequestError(answer.error.code, answer.error.message);
}

function unreachable(cause: unknown): RequestError {
  const message = 'The shop does not answer. Check your connection and try again.';
  return new RequestError('UNREACHABLE', message, { cause });
}

function isErrorBody(value: unknown): value is ApiErrorBody {
  const { error } = (value ?? {}) as Partial<ApiErrorBody>;
  return error !== undefined && Object.hasOwn(apiErrorStatus, error.code);
}
