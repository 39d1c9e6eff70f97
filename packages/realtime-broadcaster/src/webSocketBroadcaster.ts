import {
  type Clock,
  type Publisher,
  type PublishResult,
  systemClock,
} from '@roomcast/realtime-contract';
import { type EventContract, eventContract } from '@roomcast/realtime-contract/event-contract';
import { type Broadcaster, createBroadcaster } from './createBroadcaster.ts';

/** A ticket found its buyer. */
export interface TicketPurchase {
  readonly ticketId: string;
  /** The id of the user who owns the ticket now. */
  readonly owner: string;
  /** What was paid. */
  readonly price: number;
  readonly seat?: string;
}

/** A ticket went from one user to another. */
export interface TicketTransfer {
  readonly ticketId: string;
  /** The id of the user who gave the ticket away. */
  readonly from: string;
  /** The id of the user who owns the ticket now. */
  readonly to: string;
  readonly seat?: string;
}

/** The new values of what changed about an event, by field. */
export type EventUpdates = Readonly<Record<string, string | number | boolean | null>>;

/** A message for one user. */
export interface UserNotification {
  readonly title: string;
  readonly message: string;
  /** @default 'info' */
  readonly type?: 'info' | 'success' | 'warning' | 'error';
}

/** A message for everyone in the global room. */
export interface Announcement {
  readonly title: string;
  readonly message: string;
  /** @default 'info' */
  readonly severity?: 'info' | 'warning' | 'critical';
}

/** The price of a symbol after a change. */
export interface MarketQuote {
  readonly symbol: string;
  readonly price: number;
  /** By how much the price changed; negative when it fell. */
  readonly change: number;
}

export interface WebSocketBroadcasterOptions {
  /**
   * The currency of balances whose call names none, as an ISO 4217 code.
   * @default 'USD'
   */
  readonly currency?: string;
  /** Gives the timestamps. @default the machine's clock */
  readonly clock?: Clock;
}

/**
 * Publishes the events of the ready ticketing contract, one method each. Ids and timestamps are
 * filled in.
 *
 * Every method resolves with where its room stands afterwards, and rejects with a RoomcastError:
 * `EMPTY_TARGET` for an id that is missing or empty, `INVALID_ROOM` for one that cannot be an id;
 * or with what the publisher rejects with.
 *
 * @example
 * const broadcaster = new WebSocketBroadcaster(manager);
 * await broadcaster.broadcastTicketPurchase('42', { ticketId: 't-7', owner: 'alice', price: 49.5 });
 */
export class WebSocketBroadcaster {
  readonly #broadcaster: Broadcaster<EventContract>;
  readonly #currency: string;
  readonly #clock: Clock;

  /** @param publisher - a `WebSocketManager`, a broker, or anything else with `publish` */
  constructor(publisher: Publisher, options: WebSocketBroadcasterOptions = {}) {
    const { currency = 'USD', clock = systemClock } = options;
    this.#broadcaster = createBroadcaster(eventContract, publisher);
    this.#currency = currency;
    this.#clock = clock;
  }

  /** `ticket-purchased` to the event's room; the owner is its `buyer`. */
  async broadcastTicketPurchase(eventId: string, purchase: TicketPurchase): Promise<PublishResult> {
    const { ticketId, owner, price, seat } = purchase;
    return this.#broadcaster.to('event', { eventId }).emit('ticket-purchased', {
      eventId,
      ticketId,
      buyer: owner,
      price,
      ...(seat !== undefined && { seat }),
      timestamp: this.#timestamp(),
    });
  }

  /** `ticket-transferred` to the event's room. */
  async broadcastTicketTransfer(eventId: string, transfer: TicketTransfer): Promise<PublishResult> {
    const { ticketId, from, to, seat } = transfer;
    return this.#broadcaster.to('event', { eventId }).emit('ticket-transferred', {
      eventId,
      ticketId,
      from,
      to,
      ...(seat !== undefined && { seat }),
      timestamp: this.#timestamp(),
    });
  }

  /** `event-updated` to the event's room. */
  async broadcastEventUpdate(eventId: string, updates: EventUpdates): Promise<PublishResult> {
    const timestamp = this.#timestamp();
    return this.#broadcaster
      .to('event', { eventId })
      .emit('event-updated', { eventId, updates, timestamp });
  }

  /** `notification` to one user. */
  async broadcastUserNotification(
    userId: string,
    notification: UserNotification,
  ): Promise<PublishResult> {
    const { title, message, type = 'info' } = notification;
    return this.#broadcaster.to('user', { userId }).emit('notification', {
      id: crypto.randomUUID(),
      type,
      title,
      message,
      timestamp: this.#timestamp(),
    });
  }

  /**
   * `balance-updated` to one user.
   *
   * @param newBalance - the balance after the change
   * @param currency - an ISO 4217 code; the option `currency` when left out
   */
  async broadcastBalanceUpdate(
    userId: string,
    newBalance: number,
    currency: string = this.#currency,
  ): Promise<PublishResult> {
    const timestamp = this.#timestamp();
    return this.#broadcaster
      .to('user', { userId })
      .emit('balance-updated', { userId, balance: newBalance, currency, timestamp });
  }

  /** `system-announcement` to the global room. */
  async broadcastSystemAnnouncement(announcement: Announcement): Promise<PublishResult> {
    const { title, message, severity = 'info' } = announcement;
    return this.#broadcaster.to('global').emit('system-announcement', {
      id: crypto.randomUUID(),
      title,
      message,
      severity,
      timestamp: this.#timestamp(),
    });
  }

  /** `market-update` to the global room; of each symbol only the newest matters. */
  async broadcastMarketUpdate(quote: MarketQuote): Promise<PublishResult> {
    const { symbol, price, change } = quote;
    const timestamp = this.#timestamp();
    return this.#broadcaster
      .to('global')
      .emit('market-update', { symbol, price, change, timestamp });
  }

  #timestamp(): string {
    return new Date(this.#clock.now()).toISOString();
  }
}
