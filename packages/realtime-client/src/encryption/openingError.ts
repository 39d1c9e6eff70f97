import { RoomcastError } from '@roomcast/realtime-contract';

/**
 * Why an encrypted event could not be opened.
 *
 * - `unknown-key`: `keys` has none of this id, failed or did not answer in time; the cause says more.
 * - `not-sealed`: it came in the clear, or in a form that nothing can be opened of.
 * - `not-authentic`: it was sealed with another key of this id, for another room, event or
 *   idempotency key, or changed since.
 * - `invalid`: it was opened, and does not fit its schema, or is not what its `key` says.
 */
export type OpeningFailure = 'unknown-key' | 'not-sealed' | 'not-authentic' | 'invalid';

/** Which publication it is. */
export interface UnreadablePublication {
  /** The room's name. */
  readonly room: string;
  readonly event: string;
  /** The offset of a `reliable`, the revision of a `latest`, 0 for a `volatile` publication. */
  readonly counter: number;
}

/** An encrypted event could not be opened. It has nothing of the event's payload in it. */
export class OpeningError extends RoomcastError {
  override readonly name = 'OpeningError';
  readonly reason: OpeningFailure;
  readonly room: string;
  readonly event: string;
  readonly counter: number;

  constructor(
    reason: OpeningFailure,
    { room, event, counter }: UnreadablePublication,
    options?: ErrorOptions,
  ) {
    super(
      'OPENING_FAILED',
      `"${event}" in the room "${room}" could not be opened: ${reason}.`,
      options,
    );
    this.reason = reason;
    this.room = room;
    this.event = event;
    this.counter = counter;
  }
}
