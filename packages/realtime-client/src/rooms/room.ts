import {
  type FramedPublication,
  fromWireError,
  type GapReason,
  type Position,
  type RoomRequest,
  type RoomResult,
} from '@roomcast/realtime-contract';

/** Where a client stands with one room. */
export type RoomState =
  | { readonly status: 'joining' }
  | { readonly status: 'joined' }
  /** The server does not let this session in, or no longer. */
  | { readonly status: 'refused'; readonly error: Error };

/** What became of a room's stream when the room was joined or joined again. */
export type Recovery =
  /** Joined without a position: the stream begins here. */
  | { readonly status: 'fresh' }
  /** Nothing was missed, or all of it follows. */
  | { readonly status: 'resumed' }
  /** Something was missed and will not come; `missed` counts reliable publications if known. */
  | { readonly status: 'gap'; readonly reason: GapReason; readonly missed?: number };

/** One room's place in its log, and the rule of what is new: no publication twice, no hole unseen. */
export class Room {
  readonly name: string;
  readonly kind: string;
  readonly params: Readonly<Record<string, string>>;
  #state: RoomState = { status: 'joining' };
  #position: Position | null = null;

  constructor(name: string, kind: string, params: Readonly<Record<string, string>>) {
    this.name = name;
    this.kind = kind;
    this.params = params;
  }

  /** The same object until the state changes. */
  get state(): RoomState {
    return this.#state;
  }

  /** Null until the room was joined. */
  get position(): Position | null {
    return this.#position;
  }

  /** What to ask the server for. */
  get request(): RoomRequest {
    return { room: this.name, ...(this.#position && { position: this.#position }) };
  }

  /** The connection is gone; the position stays, to resume from. */
  suspend(): void {
    if (this.#state.status === 'joined') this.#state = { status: 'joining' };
  }

  /** Takes over what the server answered; null where the room was refused. */
  settle(result: RoomResult): Recovery | null {
    if (result.status === 'refused') {
      this.#state = { status: 'refused', error: fromWireError(result.error) };
      this.#position = null;
      return null;
    }
    this.#state = { status: 'joined' };
    // Without a position nothing can have been missed, whatever was asked for in an earlier life.
    if (result.status === 'fresh' || !this.#position) {
      this.#position = result.position;
      return { status: 'fresh' };
    }
    if (result.status === 'gap') {
      this.#position = result.position;
      const { reason, missed } = result;
      return { status: 'gap', reason, ...(missed !== undefined && { missed }) };
    }
    // What was missed follows in frames; the position moves on with them, not before.
    return { status: 'resumed' };
  }

  /**
   * Decides on a publication: whether it is new, and whether something before it is missing.
   *
   * @returns null for one that the client has had
   */
  accept(epoch: string, publication: FramedPublication): { readonly gap: Recovery | null } | null {
    const held = this.#position;
    if (!held || this.#state.status !== 'joined') return null;
    const { delivery, counter } = publication;
    if (epoch !== held.epoch) {
      this.#position = startOf(epoch, publication);
      return { gap: { status: 'gap', reason: 'epoch-changed' } };
    }
    if (delivery === 'volatile') return { gap: null };
    if (delivery === 'latest') {
      if (counter <= held.revision) return null;
      this.#position = { ...held, revision: counter };
      return { gap: null };
    }
    if (counter <= held.offset) return null;
    this.#position = { ...held, offset: counter };
    const missed = counter - held.offset - 1;
    return { gap: missed > 0 ? { status: 'gap', reason: 'overflow', missed } : null };
  }
}

function startOf(epoch: string, { delivery, counter }: FramedPublication): Position {
  return {
    epoch,
    offset: delivery === 'reliable' ? counter : 0,
    revision: delivery === 'latest' ? counter : 0,
  };
}
