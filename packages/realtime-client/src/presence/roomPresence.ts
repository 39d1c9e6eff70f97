import type { PresenceInterest } from '@roomcast/realtime-contract';
import type { PresenceView } from './presenceView.ts';

export interface RoomPresenceOptions<Input = unknown> {
  /**
   * What to hear: everybody, how many there are, or nothing.
   * @default 'members'
   */
  readonly follow?: PresenceInterest;
  /** Be present with this; not present when left out. */
  readonly data?: Input;
}

/** One use of the presence in a room. It ends a while after its last use was released. */
export interface RoomPresence<Input = unknown, Data = unknown> {
  /** The room's name. */
  readonly room: string;
  /** The same object until it changes. */
  readonly view: PresenceView<Data>;
  /** Calls back after every change of the view. Returns the function that ends it. */
  watchView(callback: (view: PresenceView<Data>) => void): () => void;
  /**
   * Is present with this from now on, also after every reconnect. Of several uses that are present in
   * one room the last one counts.
   */
  enter(data: Input): void;
  /** Is present no more, unless another use is. */
  leave(): void;
  /** Gives this use up; harmless when called twice. */
  release(): void;
}
