import { signWebhook } from '@roomcast/realtime-broadcaster/webhooks';
import { pause } from './pause.ts';

/** One webhook on its way. */
export interface OutgoingDelivery {
  /** A retry keeps it. */
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
}

/** Where it goes and how. */
export interface SendOptions {
  readonly url: string;
  readonly secret: string;
  readonly signal: AbortSignal;
}

const timeoutMs = 10_000;
const pausesMs = [250, 1_000];

/**
 * Sends a delivery as a provider does: signed, and again under the same id while the receiver asks
 * for it. A conflict needs nothing done: somebody was faster.
 *
 * @throws Error when it was refused, or there was no answer to the last try either
 */
export async function sendDelivery(
  { id, type, data }: OutgoingDelivery,
  options: SendOptions,
): Promise<'accepted' | 'conflict'> {
  const body = JSON.stringify({ type, data });
  for (const pauseMs of [...pausesMs, null]) {
    const status = await post(id, body, options);
    if (status === 409) return 'conflict';
    if (status !== undefined && status < 300) return 'accepted';
    if (status !== undefined && status < 500) throw refused(type, status);
    if (pauseMs === null) throw refused(type, status);
    await pause(pauseMs, options.signal);
  }
  throw refused(type, undefined);
}

/** The status of the answer; undefined where none came. */
async function post(
  id: string,
  body: string,
  { url, secret, signal }: SendOptions,
): Promise<number | undefined> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: signWebhook({ secret, id, body }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    // Unread bodies keep their connections.
    await response.arrayBuffer();
    return response.status;
  } catch (error) {
    if (signal.aborted) throw error;
    return undefined;
  }
}

function refused(type: string, status: number | undefined): Error {
  return new Error(`A delivery of ${type} got ${status ?? 'no answer'}.`);
}
