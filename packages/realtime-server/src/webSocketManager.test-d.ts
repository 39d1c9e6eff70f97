import type { PublishResult } from '@roomcast/realtime-contract';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import type { Snapshot } from './publishing/takeSnapshot.ts';
import { WebSocketManager } from './webSocketManager.ts';

const timestamp = '2026-05-04T18:30:00.000Z';
const purchase = { eventId: '42', ticketId: 't-1', buyer: 'ada', price: 49.5, timestamp };

export function broadcasts(manager: WebSocketManager<typeof eventContract>): void {
  manager.broadcastToEvent('42', 'ticket-purchased', purchase) satisfies Promise<PublishResult>;
  manager.broadcastGlobal('heartbeat', { timestamp });

  // @ts-expect-error the contract has no such event
  manager.broadcastToEvent('42', 'ticket-purchase', purchase);
  // @ts-expect-error a notification is of the room of a user
  manager.broadcastToEvent('42', 'notification', purchase);
  // @ts-expect-error the id of an event is a string
  manager.broadcastToEvent(42, 'ticket-purchased', purchase);
  // @ts-expect-error a price is a number
  manager.broadcastToEvent('42', 'ticket-purchased', { ...purchase, price: '49.5' });
  // @ts-expect-error the timestamp is missing
  manager.broadcastGlobal('heartbeat', {});
}

export function actions(): void {
  new WebSocketManager({
    contract: eventContract,
    actions: {
      'send-message': ({ eventId, message }, { session }) => ({
        messageId: `${eventId}-${message.length}-${session.user?.id}`,
        timestamp,
      }),
    },
  });
  new WebSocketManager({
    contract: eventContract,
    actions: {
      // @ts-expect-error the receipt has a timestamp
      'send-message': () => ({ messageId: 'message-1' }),
    },
  });
  new WebSocketManager({
    contract: eventContract,
    // @ts-expect-error the contract has no such action
    actions: { 'send-mesage': () => null },
  });
}

export function snapshots(manager: WebSocketManager<typeof eventContract>): void {
  const read = async () => [purchase];
  manager.snapshot(['event', { eventId: '42' }], read) satisfies Promise<
    Snapshot<(typeof purchase)[]>
  >;
  manager.snapshot(['global'], () => 7) satisfies Promise<Snapshot<number>>;

  // @ts-expect-error the data is what was read
  manager.snapshot(['global'], () => 7) satisfies Promise<Snapshot<string>>;
  // @ts-expect-error a room of the kind `event` has an id
  manager.snapshot(['event'], read);
  // @ts-expect-error the contract has no room of this kind
  manager.snapshot(['evnt', { eventId: '42' }], read);
}

export function control({ rooms, sessions }: WebSocketManager<typeof eventContract>): void {
  rooms.evict(['event', { eventId: '42' }], 'ada');
  sessions.reauthorise('ada') satisfies Promise<void>;
  sessions.revokeUser('ada');
  sessions.revokeToken('token-1');

  // @ts-expect-error the id of an event is a string
  rooms.evict(['event', { eventId: 42 }], 'ada');
  // @ts-expect-error the contract has no room of this kind
  rooms.evict(['evnt', { eventId: '42' }], 'ada');
}

export function rooms(): void {
  new WebSocketManager({
    contract: eventContract,
    authorise: (_session, asked) =>
      // @ts-expect-error the contract has no room of this kind
      asked.map(({ kind }) => kind === 'evnt'),
  });
}
