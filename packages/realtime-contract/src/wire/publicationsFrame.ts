import type { Delivery, Position, Publication } from '../contract/publication.ts';
import { isRecord } from './isRecord.ts';
import { isCounter } from './position.ts';

/** One publication inside a frame. */
export interface FramedPublication {
  readonly event: string;
  readonly payload: unknown;
  readonly delivery: Delivery;
  /** The offset of a `reliable`, the revision of a `latest`, 0 for a `volatile` publication. */
  readonly counter: number;
  readonly publishedAtMs: number;
  readonly key?: string;
  readonly removed?: true;
  readonly causedBy?: string;
}

/** One or many publications of one room, in order. */
export interface PublicationsFrame {
  readonly type: 'publications';
  readonly room: string;
  readonly epoch: string;
  readonly publications: readonly FramedPublication[];
}

const deliveries: readonly Delivery[] = ['reliable', 'latest', 'volatile'];

/** The body of a frame of publications. All are of one room and one epoch. */
export function encodePublicationsBody(
  publications: readonly [Publication, ...Publication[]],
): string {
  const [{ room, position }] = publications;
  return JSON.stringify([room, position.epoch, publications.map(toTuple)]);
}

/** A publication as the wire has it: `[event, delivery, counter, publishedAtMs, payload, header?]`. */
export function toTuple(publication: Publication): unknown[] {
  const { event, payload, delivery, position, publishedAtMs, key, removed, causedBy } = publication;
  const header = {
    ...(key !== undefined && { key }),
    ...(removed && { removed }),
    ...(causedBy !== undefined && { causedBy }),
  };
  const tuple = [event, deliveries.indexOf(delivery), counterOf(delivery, position), publishedAtMs];
  return Object.keys(header).length > 0 ? [...tuple, payload, header] : [...tuple, payload];
}

function counterOf(delivery: Delivery, position: Position): number {
  if (delivery === 'reliable') return position.offset;
  return delivery === 'latest' ? position.revision : 0;
}

/** A frame of publications from its body, or null for anything that is none. */
export function parsePublications(body: unknown): PublicationsFrame | null {
  if (!Array.isArray(body)) return null;
  const [room, epoch, tuples] = body;
  const publications = parseTuples(tuples);
  if (typeof room !== 'string' || typeof epoch !== 'string' || !publications) return null;
  return { type: 'publications', room, epoch, publications };
}

/** Publications from a list of tuples, or null where one of them is none. */
export function parseTuples(tuples: unknown): readonly FramedPublication[] | null {
  if (!Array.isArray(tuples)) return null;
  const publications = tuples.map(fromTuple).filter((publication) => publication !== null);
  return publications.length === tuples.length ? publications : null;
}

function fromTuple(tuple: unknown): FramedPublication | null {
  if (!Array.isArray(tuple)) return null;
  const [event, code, counter, publishedAtMs, payload, header] = tuple;
  const delivery = isCounter(code) ? deliveries[code] : undefined;
  if (typeof event !== 'string' || !delivery || !isCounter(counter)) return null;
  // JSON can carry an infinite number: `1e999`.
  if (!Number.isFinite(publishedAtMs)) return null;
  const { key, removed, causedBy } = isRecord(header) ? header : {};
  return {
    ...{ event, payload, delivery, counter, publishedAtMs },
    ...(typeof key === 'string' && { key }),
    ...(removed === true && { removed }),
    ...(typeof causedBy === 'string' && { causedBy }),
  };
}
