import { type FramedMember, RoomcastError } from '@roomcast/realtime-contract';
import type { MockMember } from './mockMember.ts';

type OtherMember = MockMember<never, never> & { readonly data: unknown };

/** The id of the client's own member. */
export const selfId = 'self';

/**
 * Gives those who have no id one that is theirs in the next list too.
 *
 * @throws RoomcastError `INVALID_CONFIG` where two would have the same
 */
export function otherMembers(given: readonly OtherMember[]): readonly FramedMember[] {
  const counts = new Map<string, number>();
  const members = given.map(({ id, userId = null, data }): FramedMember => {
    const name = userId ?? 'guest';
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return { id: id ?? (count > 1 ? `${name}-${count}` : name), userId, data };
  });
  const ids = new Set([selfId]);
  for (const { id } of members) {
    if (ids.has(id)) {
      const message = `Expected \`members\` to have different ids, got "${id}" twice. "${selfId}" is the client's own.`;
      throw new RoomcastError('INVALID_CONFIG', message);
    }
    ids.add(id);
  }
  return members;
}
