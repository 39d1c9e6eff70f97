import type { Delivery, Publication } from '@roomcast/realtime-contract';

/** An event of the ready contract with each class of delivery, whatever room it belongs to. */
const eventOf = {
  reliable: 'ticket-purchased',
  latest: 'market-update',
  volatile: 'heartbeat',
} as const;

/** A publication whose payload is its own counter. */
export function publicationOf(
  room: string,
  counter: number,
  { delivery = 'reliable', epoch = 'e1' }: { delivery?: Delivery; epoch?: string } = {},
): Publication {
  return {
    room,
    event: eventOf[delivery],
    payload: counter,
    delivery,
    position: {
      epoch,
      offset: delivery === 'reliable' ? counter : 0,
      revision: delivery === 'latest' ? counter : 0,
    },
    publishedAtMs: 1_000,
  };
}
