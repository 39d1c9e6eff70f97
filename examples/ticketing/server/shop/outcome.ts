import type { Announcement } from '../../shared/announcement.ts';
import type { Message } from '../../shared/message.ts';
import type { Quote } from '../../shared/quote.ts';
import type { Purchase } from '../marketplace/buyTicket.ts';
import type { ChangedEvent } from '../marketplace/changeEvent.ts';
import type { SentNotification } from '../marketplace/notifications.ts';
import type { Transfer } from '../marketplace/transferTicket.ts';

/** Somebody bought a ticket, and was told so. */
export interface Sale {
  readonly kind: 'sale';
  readonly purchase: Purchase;
  readonly notification: SentNotification;
}

/** Somebody gave a ticket away, and the receiver was told so. */
export interface Gift {
  readonly kind: 'gift';
  readonly transfer: Transfer;
  readonly notification: SentNotification;
}

/** Somebody said something about an event. */
export interface Comment {
  readonly kind: 'comment';
  readonly eventId: string;
  readonly message: Message;
}

/** What a change did, with all that others have to be told of it. It can be kept as JSON. */
export type Outcome =
  | Sale
  | Gift
  | Comment
  | { readonly kind: 'event-change'; readonly event: ChangedEvent }
  | { readonly kind: 'notification'; readonly notification: SentNotification }
  | { readonly kind: 'balance'; readonly userId: string; readonly balance: number }
  | { readonly kind: 'announcement'; readonly announcement: Announcement }
  | { readonly kind: 'quote'; readonly quote: Quote };
