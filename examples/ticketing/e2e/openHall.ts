import { type FaultProxy, startFaultProxy } from '@roomcast/realtime-testing';
import { startTicketing, type Ticketing } from '../server/startTicketing.ts';
import type { EventTickets } from '../shared/ticket.ts';
import { Crowd } from './crowd.ts';

/** The shop in this process, behind a network that can break, with people who trade in it. */
export interface Hall extends AsyncDisposable {
  /** Where a browser finds the shop: through the proxy. */
  readonly url: string;
  readonly proxy: FaultProxy;
  /** The rooms that somebody is in. */
  rooms(): readonly string[];
  /** People who trade at one event. */
  crowd(eventId: string): Crowd;
  /** The seats of an event as the server has them. */
  seats(eventId: string): Promise<EventTickets>;
  /** What a person's page must show. */
  seatStates(eventId: string, personId: string | null): Promise<Record<string, string>>;
}

export async function openHall(): Promise<Hall> {
  const ticketing: Ticketing = await startTicketing({ port: 0, database: ':memory:' });
  const proxy = await startFaultProxy(Number(new URL(ticketing.url).port));

  async function seats(eventId: string): Promise<EventTickets> {
    const response = await fetch(`${ticketing.url}/api/events/${eventId}/tickets`);
    const { data } = (await response.json()) as { data: EventTickets };
    return data;
  }

  return {
    url: `http://127.0.0.1:${proxy.port}`,
    proxy,
    seats,
    rooms: () => ticketing.live.getActiveRooms(),
    crowd: (eventId) => new Crowd(ticketing.shop, eventId),
    async seatStates(eventId, personId) {
      const { tickets } = await seats(eventId);
      const stateOf = (ownerId: string | undefined) => {
        if (ownerId === undefined) return 'free';
        return ownerId === personId ? 'mine' : 'sold';
      };
      return Object.fromEntries(tickets.map(({ seat, owner }) => [seat, stateOf(owner?.id)]));
    },
    async [Symbol.asyncDispose]() {
      await proxy.close();
      await ticketing.close();
    },
  };
}
