import * as v from 'valibot';

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const isoTimestamp = v.pipe(v.string(), v.isoTimestamp());
/** JSON has no infinite numbers: they would arrive as null. */
const number = v.pipe(v.number(), v.finite());
const price = v.pipe(number, v.minValue(0));

/** A ticket found its buyer. */
export const TicketPurchased = v.object({
  eventId: id,
  ticketId: id,
  buyer: id,
  price,
  seat: v.optional(v.string()),
  timestamp: isoTimestamp,
});

/** A ticket went from one owner to another. */
export const TicketTransferred = v.object({
  eventId: id,
  ticketId: id,
  from: id,
  to: id,
  seat: v.optional(v.string()),
  timestamp: isoTimestamp,
});

/** Something about the event changed: `updates` holds the new values by field. */
export const EventUpdated = v.object({
  eventId: id,
  updates: v.record(v.string(), v.union([v.string(), number, v.boolean(), v.null()])),
  timestamp: isoTimestamp,
});

/** Somebody wrote a comment. */
export const MessagePosted = v.object({
  eventId: id,
  messageId: id,
  userId: id,
  message: v.pipe(v.string(), v.minLength(1), v.maxLength(2_000)),
  timestamp: isoTimestamp,
});

/** For one user. */
export const Notification = v.object({
  id,
  type: v.picklist(['info', 'success', 'warning', 'error']),
  title: v.string(),
  message: v.string(),
  timestamp: isoTimestamp,
});

/** A user's balance after a change. */
export const BalanceUpdated = v.object({
  userId: id,
  balance: number,
  currency: v.pipe(v.string(), v.length(3)),
  timestamp: isoTimestamp,
});

/** For everyone. */
export const SystemAnnouncement = v.object({
  id,
  title: v.string(),
  message: v.string(),
  severity: v.picklist(['info', 'warning', 'critical']),
  timestamp: isoTimestamp,
});

/** The price of a symbol after a change; only the newest matters. */
export const MarketUpdate = v.object({
  symbol: v.pipe(v.string(), v.minLength(1), v.maxLength(32)),
  price: number,
  change: number,
  timestamp: isoTimestamp,
});

/** The server is alive. */
export const Heartbeat = v.object({ timestamp: isoTimestamp });

/** What `send-message` takes. */
export const NewMessage = v.object({
  eventId: id,
  message: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(2_000)),
});

/** What `send-message` answers. */
export const MessageReceipt = v.object({ messageId: id, timestamp: isoTimestamp });
