import {
  type FramedPublication,
  fromWireError,
  type Position,
  type RoomRequest,
  type RoomResult,
} from '@roomcast/realtime-contract';
import type { Recovery } from './recovery.ts';

/** Where a client stands with one room. */
export type RoomState =
  | {
      readonly status: 'joining';
      /** Why the server could not answer the last time; it is asked again, later each time. */
      readonly error?: Error;
    }
  | { readonly status: 'joined' }
  /** The server does not let this session in, or no longer. */
  | { readonly status: 'refused'; readonly error: Error };

/**
 * How often in a row the room is asked for again without getting any further. A server whose answers
 * do not close a hole must not be asked without end.
 */
const maxTries = 2;

/** One room's place in its log, and the rule of what is new: no publication twice, no hole unseen. */
export class Room {
  readonly name: string;
  readonly kind: string;
  readonly params: Readonly<Record<string, string>>;
  #state: RoomState = { status: 'joining' };
  #position: Position | null;
  #isBehind = false;
  #tries = 0;

  /** @param position - where the client stood when it was in the room before */
  constructor(
    name: string,
    [kind, params]: readonly [string, Readonly<Record<string, string>>],
    position: Position | null = null,
  ) {
    this.name = name;
    this.kind = kind;
    this.params = params;
    this.#position = position;
  }

  /** The same object until the state changes. */
  get state(): RoomState {
    return this.#state;
  }

  /** Where the client stands, and stood when it was in the room last; null where it never was. */
  get position(): Position | null {
    return this.#position;
  }

  /** What to ask the server for. */
  get request(): RoomRequest {
    return { room: this.name, ...(this.#position && { position: this.#position }) };
  }

  /** Whether the server has to be asked: to be let in, or for what is missing. */
  get isDue(): boolean {
    return this.#state.status === 'joining' || this.#isBehind;
  }

  /** Whether the stream that the client hears has yet to come to a position. */
  lacks({ epoch, offset, revision }: Position): boolean {
    const held = this.#position;
    const isInStream = this.#state.status === 'joined' && held?.epoch === epoch;
    return isInStream && (offset > held.offset || revision > held.revision);
  }

  /** The connection is gone; the position stays, to resume from. */
  suspend(): void {
    if (this.#state.status === 'joined') this.#state = { status: 'joining' };
  }

  /** Forgets the position: it belongs to another user. */
  forget(): void {
    this.#position = null;
  }

  /** Takes over what the server answered; null where there is nothing to tell of the stream. */
  settle(result: RoomResult): Recovery | null {
    const held = this.#position;
    const during = this.#state.status === 'joined' ? 'stream' : 'join';
    this.#isBehind = false;
    if (result.status === 'refused') {
      // Nobody has decided anything: the position stays, to resume from.
      if (result.error.code === 'INTERNAL' || result.error.code === 'RATE_LIMITED') {
        this.#state = { status: 'joining', error: fromWireError(result.error) };
        return null;
      }
      this.#state = { status: 'refused', error: fromWireError(result.error) };
      this.#position = null;
      return held && { status: 'gap', reason: 'unauthorized', during };
    }
    if (during === 'join') this.#state = { status: 'joined' };
    // What was missed follows in frames; the position moves on with them, not before.
    if (held && result.status === 'resumed') {
      return during === 'join' ? { status: 'resumed', during } : null;
    }
    this.#position = result.position;
    this.#tries = 0;
    const { quietForMs } = result;
    const quiet = quietForMs !== undefined && { quietForMs };
    // Without a position nothing can have been missed.
    if (!held || result.status !== 'gap') return { status: 'fresh', during, ...quiet };
    const { reason, missed } = result;
    return { status: 'gap', reason, during, ...(missed !== undefined && { missed }), ...quiet };
  }

  /**
   * Decides on a publication: whether it is new, and whether something before it is lost.
   *
   * @returns null for one that is not to be heard: the client has had it, or something before it is
   * missing. Then the room is due to be asked for again, which brings this one once more.
   */
  accept(epoch: string, publication: FramedPublication): { readonly gap: Recovery | null } | null {
    const held = this.#position;
    if (!held || this.#state.status !== 'joined') return null;
    const { delivery, counter } = publication;
    if (delivery === 'volatile') return { gap: null };
    if (this.#isBehind) return null;
    if (epoch === held.epoch) {
      if (counter <= (delivery === 'latest' ? held.revision : held.offset)) return null;
      if (delivery === 'latest' || counter === held.offset + 1) {
        this.#moveTo(held, publication);
        return { gap: null };
      }
    }
    if (this.#tries < maxTries) {
      this.#tries += 1;
      this.#isBehind = true;
      return null;
    }
    return { gap: this.#skipTo(held, epoch, publication) };
  }

  /** Goes on behind what is missing, as if the server had answered with a gap. */
  #skipTo(held: Position, epoch: string, publication: FramedPublication): Recovery {
    const isSame = epoch === held.epoch;
    this.#tries = 0;
    this.#moveTo(isSame ? held : { epoch, offset: 0, revision: 0 }, publication);
    const missed = publication.counter - held.offset - 1;
    return isSame
      ? { status: 'gap', during: 'stream', reason: 'overflow', missed }
      : { status: 'gap', during: 'stream', reason: 'epoch-changed' };
  }

  #moveTo(from: Position, { delivery, counter }: FramedPublication): void {
    if (delivery === 'latest') {
      this.#position = { ...from, revision: counter };
      return;
    }
    this.#position = { ...from, offset: counter };
    this.#tries = 0;
  }
}
