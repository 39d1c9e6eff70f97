import { type EventContract, eventContract } from '@roomcast/realtime-contract/event-contract';
import { createMockRealtime } from '../mock/createMockRealtime.ts';
import type { MockRealtime, MockRealtimeOptions } from '../mock/mockRealtime.ts';

/** A mock with one client, and what its handlers and watchers heard. */
export interface OpenedMock {
  readonly mock: MockRealtime<EventContract>;
  /** `ticket-purchased t-1`, `event-42 fresh`, `event-42 gap overflow 2`, `connected`. */
  readonly heard: string[];
}

/** A client in the room of event 42. */
export async function openMock(
  options: MockRealtimeOptions<EventContract> = {},
): Promise<OpenedMock> {
  const mock = createMockRealtime(eventContract, options);
  const { client } = mock;
  const heard: string[] = [];
  client.watchState(({ status }) => heard.push(status));
  client.onRecovery((recovery) => {
    const details = recovery.status === 'gap' ? [recovery.reason, recovery.missed ?? '?'] : [];
    heard.push([recovery.room, recovery.status, ...details].join(' '));
  });
  client.on('ticket-purchased', ({ ticketId }) => heard.push(`ticket-purchased ${ticketId}`));
  client.on('market-update', ({ symbol }) => heard.push(`market-update ${symbol}`));
  client.on('heartbeat', () => heard.push('heartbeat'));
  client.onRemoved('market-update', (key) => heard.push(`market-update without ${key}`));
  client.subscribe('event', { eventId: '42' });
  await mock.settled();
  return { mock, heard };
}
