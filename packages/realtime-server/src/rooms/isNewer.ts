import type { Position, Publication } from '@roomcast/realtime-contract';

/** Whether a publication came after a position. A volatile one has no place and never did. */
export function isNewer(publication: Publication, than: Position): boolean {
  const { delivery, position } = publication;
  if (delivery === 'volatile') return false;
  if (position.epoch !== than.epoch) return true;
  return delivery === 'reliable'
    ? position.offset > than.offset
    : position.revision > than.revision;
}
