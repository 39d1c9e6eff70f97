import type { ConnectedPerson } from './connectedPerson.ts';

/** What somebody was sent, or sits in, that is not for it. */
export function findIntrusions(
  { person, rooms, foreign }: Pick<ConnectedPerson, 'person' | 'rooms' | 'foreign'>,
  maySee: (room: string) => boolean,
): readonly string[] {
  return [
    ...foreign.map((what) => `${person.id} was sent ${what}`),
    ...Array.from(rooms.keys())
      .filter((name) => !maySee(name))
      .map((name) => `${person.id} is in ${name}`),
  ];
}
