import type { DatabaseSync } from 'node:sqlite';
import { selectAll } from '../server/database/rows.ts';
import { firstQuoteCents, seedEvents } from '../server/database/seedEvents.ts';
import { seedRegulars, seedUsers } from '../server/database/seedUsers.ts';
import { getEvent } from '../server/marketplace/events.ts';
import { getQuote } from '../server/marketplace/market.ts';
import { fromCents, toCents } from '../server/marketplace/money.ts';
import { getBalance } from '../server/marketplace/wallet.ts';
import { changes } from '../server/shop/changes.ts';
import { currency } from '../shared/currency.ts';
import type { Story } from './createStory.ts';
import { eventChanges } from './eventChanges.ts';
import type { Happening } from './scheduleDay.ts';
import { announcementTexts, commentTexts, creditTexts, notificationTexts } from './texts.ts';

const seatsLeftForPeople = 4;
const notified = [...seedUsers];
const paid = [...seedUsers];

/** Every text is said once. Events of one genre share its texts. */
const comments = Object.entries(commentTexts).flatMap(([genre, texts]) => {
  const events = seedEvents.filter((event) => event.genre === genre);
  return texts.map((message, index) => ({
    eventId: events[index % events.length]?.id ?? '',
    message,
  }));
});

interface SeatRow {
  ticketId: string;
  eventId: string;
  seat: string;
  priceCents: number;
  ownerId: string | null;
}

/** Makes one thing happen: to the database of the story, and as deliveries in it. */
export const happenings: Readonly<Record<Happening, (story: Story) => void>> = {
  purchase: buySeat,
  transfer: giveSeat,
  comment: sayNext,
  notification(story) {
    const [type, title, template] = story.inTurn(notificationTexts);
    const message = template.replace('{event}', story.random.pick(seedEvents).title);
    notify(story, story.inTurn(notified).id, { type, title, message });
  },
  balance: payIn,
  quote: moveQuote,
  announcement(story) {
    const [severity, title, message] = story.inOrder(announcementTexts);
    const data = { title, message, severity };
    story.record('system.announcement', data, changes.announce(data));
  },
  'event-change'(story) {
    const { eventId, time, updates = {} } = story.inOrder(eventChanges);
    const moved = time === undefined ? {} : { startsAt: startsAt(story.database, eventId, time) };
    const changed = { ...updates, ...moved };
    const change = changes.changeEvent(eventId, changed);
    story.record('event.updated', { eventId, updates: changed }, change);
  },
};

function seats(database: DatabaseSync, condition: string): SeatRow[] {
  return selectAll<SeatRow>(
    database,
    `SELECT id AS ticketId, event_id AS eventId, row || number AS seat,
            price_cents AS priceCents, owner_id AS ownerId
     FROM tickets WHERE ${condition} ORDER BY event_id, row, number`,
  );
}

function buySeat({ database, random, record }: Story): void {
  const free = seats(database, 'owner_id IS NULL');
  const open = seedEvents
    .map(({ id }) => free.filter((seat) => seat.eventId === id))
    .filter(({ length }) => length > seatsLeftForPeople);
  const { ticketId, eventId, seat, priceCents } = random.pick(random.pick(open));
  const price = fromCents(priceCents);
  const able = seedRegulars.filter(({ id }) => getBalance(database, id) >= price);
  const { id: owner } = random.pick(able);
  const terms = { eventId, price, seat };
  record(
    'ticket.purchased',
    { eventId, ticketId, owner, price, seat },
    changes.buy({ ticketId, buyerId: owner, terms }),
  );
}

/** Mostly from one regular to another; the people who are logged in get something now and then. */
function giveSeat({ database, random, record }: Story): void {
  const regulars = seedRegulars.map(({ id }) => id as string);
  const owned = seats(database, 'owner_id IS NOT NULL').filter(({ ownerId }) =>
    regulars.includes(ownerId ?? ''),
  );
  const { ticketId, eventId, seat, ownerId } = random.pick(owned);
  const from = ownerId ?? '';
  const receivers = random.whole(1, 3) === 1 ? seedUsers : seedRegulars;
  const { id: to } = random.pick(receivers.filter(({ id }) => id !== from));
  record(
    'ticket.transferred',
    { eventId, ticketId, from, to, seat },
    changes.transfer({ ticketId, fromId: from, toId: to, eventId }),
  );
}

function sayNext(story: Story): void {
  const { eventId, message } = story.inTurn(comments);
  const { id: userId } = story.random.pick(seedRegulars);
  const draft = { eventId, authorId: userId, text: message };
  story.record('message.created', { eventId, userId, message }, changes.comment(draft));
}

/** Regulars need much, because they buy much. Who is logged in is also told why. */
function payIn(story: Story): void {
  const { database, random, record } = story;
  const isForRegular = random.whole(1, 2) === 1;
  const { id: userId } = isForRegular ? story.inTurn(seedRegulars) : story.inTurn(paid);
  const credit = isForRegular ? random.whole(18, 36) * 10 : random.whole(2, 9) * 5;
  const newBalance = fromCents(toCents(getBalance(database, userId)) + toCents(credit));
  record(
    'balance.updated',
    { userId, newBalance, currency },
    changes.setBalance({ userId, balance: newBalance, currency }),
    { credit },
  );
  if (isForRegular) return;
  const [type, title, message] = random.pick(creditTexts);
  notify(story, userId, { type, title, message });
}

function notify(
  { record }: Story,
  userId: string,
  text: { type: 'info' | 'success' | 'warning'; title: string; message: string },
): void {
  record('user.notification', { userId, ...text }, changes.notify({ userId, ...text }));
}

/** A walk that is drawn back to where it began. */
function moveQuote({ database, random, record, inTurn }: Story): void {
  const event = inTurn(seedEvents);
  const { symbol } = event;
  const cents = toCents(getQuote(database, symbol).price);
  const step = Math.round((firstQuoteCents(event) - cents) / 4) + random.whole(-18, 18) * 5;
  const data = { symbol, price: fromCents(cents + step), change: fromCents(step) };
  record('market.updated', data, changes.quote(data));
}

/** The moment of the evening when an event now begins. */
function startsAt(database: DatabaseSync, eventId: string, time: string): string {
  const [date] = getEvent(database, eventId).startsAt.split('T');
  return `${date}T${time}:00.000Z`;
}
