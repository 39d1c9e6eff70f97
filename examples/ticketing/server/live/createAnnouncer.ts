import { WebSocketBroadcaster } from '@roomcast/realtime-broadcaster';
import type { Publisher } from '@roomcast/realtime-contract';
import { currency } from '../../shared/currency.ts';
import type { Announcer } from './announcer.ts';

/** An {@link Announcer} that publishes through Roomcast. */
export function createAnnouncer(
  publisher: Publisher,
  onError: (error: unknown) => void,
): Announcer {
  const broadcaster = new WebSocketBroadcaster(publisher);

  async function settle(publications: readonly Promise<unknown>[]): Promise<void> {
    for (const result of await Promise.allSettled(publications)) {
      if (result.status === 'rejected') onError(result.reason);
    }
  }

  return {
    purchased: ({ ticketId, eventId, eventTitle, seat, price, buyer, balance }) =>
      settle([
        broadcaster.broadcastTicketPurchase(eventId, { ticketId, owner: buyer.id, price, seat }),
        broadcaster.broadcastBalanceUpdate(buyer.id, balance, currency),
        broadcaster.broadcastUserNotification(buyer.id, {
          type: 'success',
          title: `Seat ${seat} is yours`,
          message: eventTitle,
        }),
      ]),
    transferred: ({ ticketId, eventId, eventTitle, seat, from, to }) =>
      settle([
        broadcaster.broadcastTicketTransfer(eventId, { ticketId, from: from.id, to: to.id, seat }),
        broadcaster.broadcastUserNotification(to.id, {
          type: 'success',
          title: `${from.name} gave you a ticket`,
          message: `Seat ${seat}, ${eventTitle}`,
        }),
      ]),
  };
}
