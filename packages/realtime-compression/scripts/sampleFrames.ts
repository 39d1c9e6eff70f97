import { encodePublications, type Publication } from '@roomcast/realtime-contract';
import { createRandom, randomTicket, randomTickets } from './sampleMessages.ts';

/** Without the run of zeros that the dictionary's time has. */
const beganAtMs = 1_791_358_264_719;

function frameOf(publication: Pick<Publication, 'room' | 'event' | 'payload'>, at: number): string {
  const position = { epoch: epochOf(publication.room), offset: at, revision: 0 };
  const publishedAtMs = beganAtMs + at * 1_234;
  return encodePublications([{ ...publication, delivery: 'reliable', position, publishedAtMs }]);
}

/** As random as a real one, and the same in each run. */
function epochOf(room: string): string {
  const random = createRandom(
    [...room].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7),
  );
  return Buffer.from(Array.from({ length: 12 }, () => random(256))).toString('base64url');
}

/**
 * Purchases of the ready contract with payloads of 118 bytes. Fresh are the ids in the payload, and
 * in the frame the room, the epoch, the offset and the time.
 *
 * @param freshTimes - whether the payload has a time of its own too, and not that of the example
 * @param inRoomOf - the event that all belong to; unless given, each may belong to another
 */
export function purchases(count: number, freshTimes: boolean, inRoomOf?: string): string[] {
  const random = createRandom(3);
  return Array.from({ length: count }, (_, at) => {
    const eventId = inRoomOf ?? `${10 + random(90)}`;
    const time = freshTimes ? beganAtMs + random(2 ** 31) : Date.UTC(2026, 4, 4, 18, 30);
    const payload = {
      eventId,
      ticketId: `t-${1_000 + random(9_000)}`,
      buyer: `user-${random(10)}`,
      price: 49.5,
      seat: 'C12',
      timestamp: new Date(time).toISOString(),
    };
    return frameOf({ room: `event-${eventId}`, event: 'ticket-purchased', payload }, at + 1);
  });
}

/** Lists of 10 kB that have nothing in common but their form. */
export function unrelatedLists(count: number): string[] {
  const random = createRandom(5);
  return Array.from({ length: count }, (_, at) => listFrame(randomTickets(10_000, random), at));
}

/** The states of one list of 10 kB, of which one ticket changes at a time. */
export function listStates(count: number): string[] {
  const random = createRandom(7);
  const tickets = randomTickets(10_000, random);
  return Array.from({ length: count }, (_, at) => {
    tickets[random(tickets.length)] = randomTicket(random);
    return listFrame(tickets, at);
  });
}

function listFrame(tickets: readonly object[], at: number): string {
  const payload = { eventId: '42', updates: { tickets } };
  return frameOf({ room: 'event-42', event: 'event-updated', payload }, at);
}

/** A text of which deflate saves next to nothing: most of its bytes are as likely as any other. */
export function noisyText(characters: number): string {
  const random = createRandom(9);
  const pick = (from: number, to: number) => String.fromCodePoint(from + random(to - from));
  return Array.from({ length: characters }, () => {
    const kind = random(100);
    if (kind < 85) return pick(0, 0x80);
    return kind < 93 ? pick(0x80, 0x800) : pick(0x1_0000, 0x11_0000);
  }).join('');
}
