import { changes } from '../server/shop/changes.ts';
import type { Shop } from '../server/shop/createShop.ts';

const people = ['farid', 'greta', 'hugo', 'imani', 'leo', 'maeve'];

/** People who buy, give and talk at one event, in a fixed order. Each of it is one event of the room. */
export class Crowd {
  readonly #shop: Shop;
  readonly #eventId: string;
  readonly #owned: { readonly ticketId: string; owner: string }[] = [];
  #turn = 0;

  constructor(shop: Shop, eventId: string) {
    this.#shop = shop;
    this.#eventId = eventId;
  }

  /** @param seat - a free one */
  async buy(seat: string): Promise<void> {
    const ticketId = `${this.#eventId}-${seat}`;
    const buyerId = this.#next();
    await this.#shop.apply(changes.buy({ ticketId, buyerId }));
    this.#owned.push({ ticketId, owner: buyerId });
  }

  /** Somebody gives a ticket to the next one. */
  async give(): Promise<void> {
    const ticket = this.#owned[this.#turn % this.#owned.length];
    if (!ticket) throw new Error('Nobody has a ticket to give.');
    const toId = this.#next(ticket.owner);
    await this.#shop.apply(
      changes.transfer({ ticketId: ticket.ticketId, fromId: ticket.owner, toId }),
    );
    ticket.owner = toId;
  }

  async say(text: string): Promise<void> {
    const authorId = this.#next();
    await this.#shop.apply(changes.comment({ eventId: this.#eventId, authorId, text }));
  }

  async postpone(startsAt: string): Promise<void> {
    await this.#shop.apply(changes.changeEvent(this.#eventId, { startsAt }));
  }

  /** The next one in the round, and never `except`. */
  #next(except?: string): string {
    this.#turn += 1;
    const person = people[this.#turn % people.length] ?? '';
    return person === except ? this.#next() : person;
  }
}
