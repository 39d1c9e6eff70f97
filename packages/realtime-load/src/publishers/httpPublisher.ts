import { randomUUID } from 'node:crypto';
import { signWebhook } from '@roomcast/realtime-broadcaster/webhooks';
import type { Publishing } from '../plan/publishing.ts';
import type { Publisher } from './publisher.ts';

const timeoutMs = 10_000;

/**
 * Posts JSON to a server, one request of a room after the other: two at once would have no order. What
 * waits is late by its own schedule, and its latency says so.
 */
export function createHttpPublisher({
  url,
  secret,
}: Extract<Publishing, { by: 'http' }>): Publisher {
  const last = new Map<number, Promise<void>>();
  const closed = new AbortController();
  return {
    publish(room, input) {
      const posted = (last.get(room) ?? Promise.resolve()).then(() =>
        post(url, secret, input, closed.signal),
      );
      last.set(
        room,
        posted.catch(() => {}),
      );
      return posted;
    },
    close: () => closed.abort(),
  };
}

async function post(url: string, secret: string | null, input: unknown, closed: AbortSignal) {
  const body = JSON.stringify(input);
  const response = await fetch(url, {
    ...{ method: 'POST', body },
    headers: secret
      ? signWebhook({ secret, id: randomUUID(), body })
      : { 'content-type': 'application/json' },
    // It might lead to a server that nobody has allowed.
    redirect: 'error',
    signal: AbortSignal.any([closed, AbortSignal.timeout(timeoutMs)]),
  });
  // Read to the end, so that the connection is free for the next one.
  const answer = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${answer.slice(0, 200)}`);
}
