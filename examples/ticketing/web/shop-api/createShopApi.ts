import type { QuerySnapshot } from '@roomcast/realtime-react';
import type { Announcement } from '../../shared/announcement.ts';
import type { EventDetails, EventSummary } from '../../shared/event.ts';
import type { Message } from '../../shared/message.ts';
import type { Inbox } from '../../shared/notification.ts';
import type { Quote } from '../../shared/quote.ts';
import type { EventTickets, HouseActivity } from '../../shared/ticket.ts';
import type { User } from '../../shared/user.ts';
import type { Wallet } from '../../shared/wallet.ts';
import { type RequestOptions, request } from './request.ts';
import { RequestError } from './requestError.ts';

/** The API as one visitor uses it. */
export interface ShopApi {
  users(signal: AbortSignal): Promise<User[]>;
  activity(signal: AbortSignal): Promise<HouseActivity[]>;
  announcements(signal: AbortSignal): Promise<Announcement[]>;
  market(signal: AbortSignal): Promise<Quote[]>;
  events(signal: AbortSignal): Promise<EventSummary[]>;
  event(id: string, signal: AbortSignal): Promise<EventDetails>;
  /** The seats with their position in the stream of the event's room. */
  seats(eventId: string, signal: AbortSignal): Promise<QuerySnapshot<EventTickets>>;
  eventMessages(id: string, signal: AbortSignal): Promise<Message[]>;
  wallet(signal: AbortSignal): Promise<Wallet>;
  inbox(signal: AbortSignal): Promise<Inbox>;
  /** Marks the notifications up to this one as read. */
  markRead(upTo: number): Promise<Inbox>;
  buy(ticketId: string): Promise<unknown>;
  transfer(ticketId: string, to: string): Promise<unknown>;
}

/**
 * @param token - undefined for a guest
 * @param onLoginEnded - called when the API no longer accepts the token
 */
export function createShopApi(token: string | undefined, onLoginEnded: () => void): ShopApi {
  async function ask<Answer>(path: string, options: RequestOptions): Promise<Answer> {
    try {
      return await request<Answer>(path, { token, ...options });
    } catch (error) {
      const isRefused = error instanceof RequestError && error.code === 'UNAUTHENTICATED';
      if (isRefused && token !== undefined) onLoginEnded();
      throw error;
    }
  }
  const at = encodeURIComponent;
  return {
    users: (signal) => ask('/users', { signal }),
    activity: (signal) => ask('/activity', { signal }),
    announcements: (signal) => ask('/announcements', { signal }),
    market: (signal) => ask('/market', { signal }),
    events: (signal) => ask('/events', { signal }),
    event: (id, signal) => ask(`/events/${at(id)}`, { signal }),
    seats: (id, signal) => ask(`/events/${at(id)}/tickets`, { signal }),
    eventMessages: (id, signal) => ask(`/events/${at(id)}/messages`, { signal }),
    wallet: (signal) => ask('/me/tickets', { signal }),
    inbox: (signal) => ask('/me/notifications', { signal }),
    markRead: (upTo) => ask('/me/notifications/read', { body: { upTo } }),
    buy: (ticketId) => ask(`/tickets/${at(ticketId)}/purchase`, { body: {} }),
    transfer: (ticketId, to) => ask(`/tickets/${at(ticketId)}/transfer`, { body: { to } }),
  };
}
