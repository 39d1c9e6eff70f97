import {
  type Clock,
  type PublicationOptions,
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
  readonly seat?: string | undefined;
}

/** A ticket went from one user to another. */
export interface TicketTransfer {
  readonly ticketId: string;
  /** The id of the user who gave the ticket away. */
  readonly from: string;
  /** The id of the user who owns the ticket now. */
  readonly to: string;
  readonly seat?: string | undefined;
}

/** The new values of what changed about an event, by field. */
export type EventUpdates = Readonly<Record<string, string | number | boolean | null>>;

/** A comment that somebody wrote on an event. */
export interface PostedMessage {
  /** @default a new id */
  readonly messageId?: string | undefined;
  /** The id of the user who wrote it. */
  readonly userId: string;
  readonly message: string;
}

/** A message for one user. */
export interface UserNotification {
  readonly title: string;
  readonly message: string;
  /** @default 'info' */
  readonly type?: 'info' | 'success' | 'warning' | 'error' | undefined;
}

/** A message for everyone in the global room. */
export interface Announcement {
  readonly title: string;
  readonly message: string;
  /** @default 'info' */
  readonly severity?: 'info' | 'warning' | 'critical' | undefined;
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

/** The methods of {@link WebSocketBroadcaster}: what webhooks need, and what a test may replace. */
export type TicketingBroadcaster = Pick<WebSocketBroadcaster, keyof WebSocketBroadcaster>;

/**
 * Publishes the events of the ready ticketing contract, one method each. Ids and timestamps are
 * filled in.
 *
 * Every method resolves with where its room stands afterwards, and rejects with a RoomcastError:
 * `EMPTY_TARGET` for an id that is missing or empty, `INVALID_ROOM` for one that cannot be an id;
 * or with what the publisher rejects with. The last argument is the same for all: with an
 * `idempotencyKey`, calls of the same key and room within 5 minutes publish once.
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
  async broadcastTicketPurchase(
    eventId: string,
    purchase: TicketPurchase,
    options?: PublicationOptions,
  ): Promise<PublishResult> {
    const { ticketId, owner, price, seat } = purchase;
    const payload = {
      eventId,
      ticketId,
      buyer: owner,
      price,
      ...(seat !== undefined && { seat }),
      timestamp: this.#timestamp(),
    };
    return this.#broadcaster.to('event', { eventId }).emit('ticket-purchased', payload, options);
  }

  /** `ticket-transferred` to the event's room. */
  async broadcastTicketTransfer(
    eventId: string,
    transfer: TicketTransfer,
    options?: PublicationOptions,
  ): Promise<PublishResult> {
    const { ticketId, from, to, seat } = transfer;
    const payload = {
      eventId,
      ticketId,
      from,
      to,
      ...(seat !== undefined && { seat }),
      timestamp: this.#timestamp(),
    };
    return this.#broadcaster.to('event', { eventId }).emit('ticket-transferred', payload, options);
  }

  /** `event-updated` to the event's room. */
  async broadcastEventUpdate(
    eventId: string,
    updates: EventUpdates,
    options?: PublicationOptions,
  ): Promise<PublishResult> {
    const payload = { eventId, updates, timestamp: this.#timestamp() };
    return this.#broadcaster.to('event', { eventId }).emit('event-updated', payload, options);
  }

  /** `new-message` to the event's room. */
  async broadcastNewMessage(
    eventId: string,
    posted: PostedMessage,
    options?: PublicationOptions,
  ): Promise<PublishResult> {
    const { messageId = crypto.randomUUID(), userId, message } = posted;
    const payload = { eventId, messageId, userId, message, timestamp: this.#timestamp() };
    return this.#broadcaster.to('event', { eventId }).emit('new-message', payload, options);
  }

  /** `notification` to one user. */
  async broadcastUserNotification(
    userId: string,
    notification: UserNotification,
    options?: PublicationOptions,
  ): Promise<PublishResult> {
    const { title, message, type = 'info' } = notification;
    const id = crypto.randomUUID();
    const payload = { id, type, title, message, timestamp: this.#timestamp() };
    return this.#broadcaster.to('user', { userId }).emit('notification', payload, options);
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
    options?: PublicationOptions,
  ): Promise<PublishResult> {
    const payload = { userId, balance: newBalance, currency, timestamp: this.#timestamp() };
    return this.#broadcaster.to('user', { userId }).emit('balance-updated', payload, options);
  }

  /** `system-announcement` to the global room. */
  async broadcastSystemAnnouncement(
    announcement: Announcement,
    options?: PublicationOptions,
  ): Promise<PublishResult> {
    const { title, message, severity = 'info' } = announcement;
    const id = crypto.randomUUID();
    const payload = { id, title, message, severity, timestamp: this.#timestamp() };
    return this.#broadcaster.to('global').emit('system-announcement', payload, options);
  }

  /** `market-update` to the global room; of each symbol only the newest matters. */
  async broadcastMarketUpdate(
    quote: MarketQuote,
    options?: PublicationOptions,
  ): Promise<PublishResult> {
    const { symbol, price, change } = quote;
    const payload = { symbol, price, change, timestamp: this.#timestamp() };
    return this.#broadcaster.to('global').emit('market-update', payload, options);
  }

  #timestamp(): string {
    return new Date(this.#clock.now()).toISOString();
  }
}
