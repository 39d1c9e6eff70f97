import type { PresenceView } from '@roomcast/realtime-client';
import type { User } from '../../shared/user.ts';

/** Who else looks at an event, as its page shows them. */
export interface Onlookers {
  /** Who is logged in; once each, in however many tabs. */
  readonly people: readonly User[];
  readonly guests: number;
  /** Who is only counted: beyond those that are listed, or without a name that is known here. */
  readonly others: number;
}

/** At most so many are named; the page has a line for them. */
const maxNamed = 6;

/**
 * Sorts who is present, without the visitor.
 *
 * @param users - all who can be named: what members are called is never told by themselves
 */
export function groupOnlookers(
  view: Pick<PresenceView, 'members' | 'count' | 'selfId'>,
  users: readonly User[],
): Onlookers {
  const { members, count, selfId } = view;
  const self = members.find(({ id }) => id === selfId);
  const elsewhere = members.filter(({ id }) => id !== selfId);
  const others = new Set(elsewhere.flatMap(({ userId }) => userId ?? []));
  // The visitor's own other tabs are the visitor, too.
  if (self?.userId) others.delete(self.userId);
  const known = new Map(users.map((user) => [user.id, user]));
  const people = [...others].flatMap((id) => known.get(id) ?? []).slice(0, maxNamed);
  const unlisted = count - members.length - (selfId !== null && !self ? 1 : 0);
  return {
    people,
    guests: elsewhere.filter(({ userId }) => userId === null).length,
    others: others.size - people.length + Math.max(0, unlisted),
  };
}
