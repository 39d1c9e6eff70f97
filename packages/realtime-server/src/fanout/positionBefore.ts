import type { Position, Publication } from '@roomcast/realtime-contract';

/** Where a member stands who has been told everything of the room up to this publication. */
export function positionBefore({ delivery, position }: Publication): Position {
  if (delivery === 'reliable') return { ...position, offset: position.offset - 1 };
  if (delivery === 'latest') return { ...position, revision: position.revision - 1 };
  return position;
}
