import type { RoomResult, WelcomeFrame } from '@roomcast/realtime-contract';
import { type EventContract, eventContract } from '@roomcast/realtime-contract/event-contract';
import { type Mock, vi } from 'vitest';
import type { RealtimeClientOptions } from '../clientOptions.ts';
import { createRealtimeClient } from '../createRealtimeClient.ts';
import type { RealtimeClient, RoomRecovery } from '../realtimeClient.ts';
import type { FakeTransport } from './fakeTransport.ts';
import { opened } from './openTransport.ts';

/** A client over fake transports, with what its handlers heard. */
export interface FakeClient {
  readonly client: RealtimeClient<EventContract>;
  /** What happened in the rooms: `42: fresh`, `42: gap overflow 2`, `42: gap overflow ?
   * in stream`, `42: reliable 7`. */
  readonly heard: string[];
  readonly recoveries: RoomRecovery[];
  readonly onError: Mock<(error: unknown, source: string) => void>;
  /** The newest transport. */
  transport(): FakeTransport;
  /** Lets the attempt reach its transport, and welcomes it. */
  connect(
    rooms?: readonly RoomResult[],
    userId?: string | null,
    parts?: Partial<WelcomeFrame>,
  ): Promise<FakeTransport>;
}

/** A client of the ready contract; the test file mocks `openTransport`, and the time. */
export function createFakeClient(
  options: Partial<RealtimeClientOptions<EventContract>> = {},
): FakeClient {
  const heard: string[] = [];
  const recoveries: RoomRecovery[] = [];
  const onError = vi.fn<(error: unknown, source: string) => void>();
  const client = createRealtimeClient({
    ...{ contract: eventContract, url: 'http://127.0.0.1:9', onError, random: () => 0 },
    backoff: { minDelayMs: 100, maxDelayMs: 1_000 },
    ...options,
  });
  for (const name of ['ticket-purchased', 'market-update', 'heartbeat'] as const) {
    client.on(name, (counter, { room, delivery }) =>
      heard.push(`${idOf(room)}: ${delivery} ${counter}`),
    );
  }
  client.onRecovery((recovery) => {
    const { status, during } = recovery;
    const details = status === 'gap' ? [recovery.reason, recovery.missed ?? '?'] : [];
    if (during === 'stream') details.push('in stream');
    recoveries.push(recovery);
    heard.push(`${idOf(recovery.room)}: ${[status, ...details].join(' ')}`);
  });
  const transport = () => {
    const last = opened.at(-1);
    if (!last) throw new Error('No transport was opened.');
    return last;
  };
  return {
    ...{ client, heard, recoveries, onError, transport },
    async connect(rooms = [], userId = null, parts = {}) {
      await vi.advanceTimersByTimeAsync(0);
      transport().welcome(rooms, { user: userId, ...parts });
      await vi.advanceTimersByTimeAsync(0);
      return transport();
    },
  };
}

/** `42` for `event-42`. */
function idOf(room: string): string {
  return room.replace('event-', '');
}
