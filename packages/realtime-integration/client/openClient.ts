import {
  type ConnectionState,
  createRealtimeClient,
  type RealtimeClient,
  type RealtimeClientOptions,
} from '@roomcast/realtime-client';
import { type EventContract, eventContract } from '@roomcast/realtime-contract/event-contract';
import { vi } from 'vitest';

/** A real client with a protocol of what it heard. */
export interface OpenClient extends AsyncDisposable {
  readonly client: RealtimeClient<EventContract>;
  readonly states: readonly ConnectionState[];
  /** `event-42 fresh`, `event-42 gap overflow 2`, `event-42 ticket-purchased t-7`, in order. */
  readonly heard: readonly string[];
  /** What the client's own callbacks threw: nothing, in a healthy test. */
  readonly errors: readonly unknown[];
  /** Waits until the connection has the status, even for a moment. */
  reaches(status: ConnectionState['status']): Promise<ConnectionState>;
  /** Waits until the last thing that the client heard is this. */
  hears(last: string): Promise<void>;
}

/** Opens a client that reconnects within milliseconds. */
export function openClient(
  url: string,
  options: Partial<RealtimeClientOptions<EventContract>> = {},
): OpenClient {
  const states: ConnectionState[] = [];
  const heard: string[] = [];
  const errors: unknown[] = [];
  const client = createRealtimeClient({
    contract: eventContract,
    url,
    backoff: { minDelayMs: 5, maxDelayMs: 20 },
    onError: (error) => errors.push(error),
    ...options,
  });
  client.watchState((state) => states.push(state));
  client.onRecovery((recovery) => {
    const { room, status } = recovery;
    const details = status === 'gap' ? [recovery.reason, recovery.missed ?? '?'] : [];
    heard.push([room, status, ...details].join(' '));
  });
  client.on('ticket-purchased', ({ ticketId }, { room }) =>
    heard.push(`${room} ticket-purchased ${ticketId}`),
  );
  client.on('balance-updated', ({ balance }, { room }) =>
    heard.push(`${room} balance-updated ${balance}`),
  );
  return {
    ...{ client, states, heard, errors },
    reaches: (status) =>
      new Promise((resolve) => {
        if (client.state.status === status) resolve(client.state);
        const stop = client.watchState((state) => {
          if (state.status !== status) return;
          stop();
          resolve(state);
        });
      }),
    hears: (last) =>
      vi.waitFor(
        () => {
          if (heard.at(-1) !== last) throw new Error(`Heard: ${heard.join(', ')}`);
        },
        { timeout: 4_000, interval: 5 },
      ),
    [Symbol.asyncDispose]: () => client.close(),
  };
}

/** The payload of `ticket-purchased` with a ticket of its own. */
export function purchase(ticketId: string) {
  const { example } = eventContract.events['ticket-purchased'];
  return { ...example, eventId: '42', ticketId };
}
