import type { StandardSchemaV1 } from '@standard-schema/spec';
import { RoomcastError } from './roomcastError.ts';

/** One place of a value that does not fit: the path in it and what the schema says. */
export interface PayloadIssue {
  /** Dotted path from the root of the value; empty for the value itself. */
  readonly path: string;
  readonly message: string;
}

/** How many issues the message lists. It travels to clients, whose input decides how many there are. */
const maxListed = 5;

/** A value does not fit its schema. */
export class InvalidPayloadError extends RoomcastError {
  override readonly name = 'InvalidPayloadError';
  readonly issues: readonly PayloadIssue[];

  /**
   * @param subject - what was validated, for the message: `payload of "ticket-purchased"`
   * @param issues - as the schema reported them
   */
  constructor(subject: string, issues: readonly StandardSchemaV1.Issue[]) {
    const places = issues.map((issue) => ({ path: pathOf(issue), message: issue.message }));
    const list = places
      .slice(0, maxListed)
      .map(({ path, message }) => (path ? `${path}: ${message}` : message));
    if (places.length > maxListed) list.push(`and ${places.length - maxListed} more`);
    super('INVALID_PAYLOAD', `The ${subject} does not fit its schema: ${list.join('; ')}`);
    this.issues = places;
  }
}

function pathOf(issue: StandardSchemaV1.Issue): string {
  const keys = issue.path?.map((part) => (typeof part === 'object' ? part.key : part)) ?? [];
  return keys.map(String).join('.');
}
