import { RoomcastError } from '../errors/roomcastError.ts';
import type { RoomTemplate } from './roomTemplate.ts';

/**
 * Printable ASCII without `%`, and parameters in braces. Beyond ASCII a name would have more bytes
 * than characters, and the limits on names count characters.
 */
const wellFormed = /^(?:[ -$&-z|~]|\{[A-Za-z][A-Za-z0-9]*\})+$/;

/** Characters that `encodeURIComponent` leaves alone, so that they cannot part two parameters. */
const neverEscaped = /^[A-Za-z0-9_.!~*'()-]*$/;

/**
 * Refuses room templates that could produce the same name, so that a name always means one room.
 *
 * @throws RoomcastError `INVALID_CONTRACT`
 */
export function assertTemplates(templates: ReadonlyMap<string, RoomTemplate>): void {
  for (const [kind, template] of templates) assertTemplate(kind, template);
  const all = [...templates];
  all.forEach(([kind, template], index) => {
    for (const [otherKind, other] of all.slice(index + 1)) {
      if (template.prefix.startsWith(other.prefix) || other.prefix.startsWith(template.prefix)) {
        throw refuse(
          kind,
          `its prefix "${template.prefix}" and the prefix "${other.prefix}" of room "${otherKind}" overlap, so both could produce the same name. Give them prefixes of which none begins with the other`,
        );
      }
    }
  });
}

function assertTemplate(kind: string, template: RoomTemplate): void {
  const { source, prefix, paramNames, literals } = template;
  if (!wellFormed.test(source)) {
    throw refuse(kind, `"${source}" is not printable ASCII text with {parameters} in it`);
  }
  if (prefix === '') {
    throw refuse(
      kind,
      `"${source}" has no literal prefix. Begin it with text, as in "${kind}-{id}"`,
    );
  }
  if (new Set(paramNames).size !== paramNames.length) {
    throw refuse(kind, `"${source}" names a parameter twice`);
  }
  for (const literal of literals.slice(0, -1)) {
    if (neverEscaped.test(literal)) {
      throw refuse(
        kind,
        `"${source}" parts two parameters by "${literal}", which an id may contain. Part them by a character that is always escaped, such as ":" or "/"`,
      );
    }
  }
}

function refuse(kind: string, reason: string): RoomcastError {
  return new RoomcastError('INVALID_CONTRACT', `Room "${kind}" was refused: ${reason}.`);
}
