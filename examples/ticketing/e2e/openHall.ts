import { type FaultProxy, startFaultProxy } from '@roomcast/realtime-testing';
import { startTicketing, type Ticketing } from '../server/startTicketing.ts';
import type { EventTickets } from '../shared/ticket.ts';
import { Crowd } from './crowd.ts';

/** A way into the hall, through a network that can break. */
interface Door extends AsyncDisposable {
  readonly url: string;
  readonly proxy: FaultProxy;
}

/** The shop in this process, behind a network that can break, with people who trade in it. */
export interface Hall extends AsyncDisposable {
  /** Where a browser finds the shop: through the proxy. */
  readonly url: string;
  readonly proxy: FaultProxy;
  /** Another way in, of its own: what breaks there breaks for those alone who came by it. */
  openDoor(): Promise<Door>;
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
  const port = Number(new URL(ticketing.url).port);
  const { url, proxy } = await openDoor(port);

  async function seats(eventId: string): Promise<EventTickets> {
    const response = await fetch(`${ticketing.url}/api/events/${eventId}/tickets`);
    const { data } = (await response.json()) as { data: EventTickets };
    return data;
  }

  return {
    ...{ url, proxy, seats },
    openDoor: () => openDoor(port),
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

async function openDoor(port: number): Promise<Door> {
  const proxy = await startFaultProxy(port);
  return {
    ...{ url: `http://127.0.0.1:${proxy.port}`, proxy },
    [Symbol.asyncDispose]: () => proxy.close(),
  };
}
