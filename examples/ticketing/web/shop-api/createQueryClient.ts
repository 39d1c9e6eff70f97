import { QueryClient } from '@tanstack/react-query';
import { RequestError } from './requestError.ts';

const maxRetries = 2;

/**
 * A cache that is kept fresh by the socket: it never polls, and does not ask on focus or when the
 * network is back. What was missed then comes by the stream, or is asked for after a gap.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        // A refusal stays a refusal; only what got no proper answer is tried again.
        retry: (failures, error) => isTransient(error) && failures < maxRetries,
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}

function isTransient(error: Error): boolean {
  return !(error instanceof RequestError) || ['UNREACHABLE', 'INTERNAL'].includes(error.code);
}
