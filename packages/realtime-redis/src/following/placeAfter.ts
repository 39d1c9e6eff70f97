import type { Delivery, Position } from '@roomcast/realtime-contract';

/**
 * Where news stands for somebody who knows the room up to a position: it is `known` already, the
 * `next`, or so far `ahead` that something is missing.
 */
export function placeAfter(
  known: Position,
  news: Position,
  delivery: Delivery,
): 'known' | 'next' | 'ahead' {
  if (known.epoch !== news.epoch) return 'ahead';
  const [offsets, revisions] = [news.offset - known.offset, news.revision - known.revision];
  switch (delivery) {
    case 'reliable':
      if (offsets <= 0) return 'known';
      return offsets === 1 && revisions <= 0 ? 'next' : 'ahead';
    case 'latest':
      if (revisions <= 0) return 'known';
      return revisions === 1 && offsets <= 0 ? 'next' : 'ahead';
    case 'volatile':
      return offsets <= 0 && revisions <= 0 ? 'next' : 'ahead';
  }
}

export function isSamePosition(one: Position, other: Position): boolean {
  const isSameOffset = one.offset === other.offset && one.revision === other.revision;
  return isSameOffset && one.epoch === other.epoch;
}
