import type { Clock } from '@roomcast/realtime-contract';
import { WebhookRefusal } from './webhookRefusal.ts';
import { withTimeout } from './withTimeout.ts';

/** The next piece of a body, as async iterators and stream readers give it. */
export type NextChunk = () => Promise<{
  done?: boolean | undefined;
  value?: Uint8Array | undefined;
}>;

export interface BodyLimits {
  readonly maxBodyBytes: number;
  readonly bodyTimeoutMs: number;
  readonly clock: Clock;
}

/**
 * Reads a body and stops as soon as it is too large, whatever its headers say.
 *
 * @throws WebhookRefusal `BODY_TOO_LARGE`, `BODY_TIMEOUT`, `BODY_INCOMPLETE`
 */
export function readBody(next: NextChunk, limits: BodyLimits): Promise<Uint8Array> {
  const { clock, bodyTimeoutMs, maxBodyBytes } = limits;
  const timeLimit = { clock, timeoutMs: bodyTimeoutMs, code: 'BODY_TIMEOUT' } as const;
  return withTimeout(readAll(next, maxBodyBytes), timeLimit);
}

async function readAll(next: NextChunk, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await nextOrIncomplete(next);
    if (done || !value) return concatenate(chunks, length);
    length += value.byteLength;
    // Not `>`: text instead of bytes has no byteLength, and NaN must not pass for small.
    if (!(length <= maxBytes)) throw new WebhookRefusal('BODY_TOO_LARGE');
    chunks.push(value);
  }
}

async function nextOrIncomplete(next: NextChunk): ReturnType<NextChunk> {
  try {
    return await next();
  } catch (cause) {
    throw new WebhookRefusal('BODY_INCOMPLETE', { cause });
  }
}

function concatenate(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const body = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    body.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return body;
}
