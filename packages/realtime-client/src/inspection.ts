import type { Frame, Position } from '@roomcast/realtime-contract';
import type { OpenedPublication } from './encryption/eventOpener.ts';
import type { RoomState } from './rooms/room.ts';
import type { ArrivedPacket, Packet } from './socket-io/packet.ts';

/** What goes through a client, told at once and in order. */
export type Notice =
  /** The packet of a handshake, type `0`, and of `authenticate` has the token in it. */
  | { readonly type: 'sent'; readonly message: string; readonly packet: Packet }
  /** A frame or a packet, before the client does anything about it. */
  | {
      readonly type: 'received';
      /** As it was on the wire: bytes where it was compressed. */
      readonly message: unknown;
      readonly frame?: Frame;
      /** What the frame was read from. */
      readonly text?: string;
      readonly packet?: ArrivedPacket;
    }
  /**
   * A publication of the frame before is new, and its handlers are called next. Of those that are
   * never told, the client has had one before, or something before them is missing. An encrypted
   * one is `sealed` as it was in the frame, and has no handlers where it is `unreadable`.
   */
  | { readonly type: 'delivered'; readonly publication: OpenedPublication };

/** A room that the client is in or wants to be in. */
export interface InspectedRoom {
  /** Read anew each time. */
  readonly room: {
    readonly name: string;
    readonly state: RoomState;
    readonly position: Position | null;
  };
  /** How many subscriptions have not been released. */
  readonly uses: number;
  /** Joined by the server for every session with a user. */
  readonly isAutomatic: boolean;
}

/** A look into a client, for devtools. It costs next to nothing while nobody looks. */
export interface Inspection {
  readonly notices: {
    /** @returns a function that ends it, harmless when called twice */
    add(callback: (notice: Notice) => void): () => void;
  };
  readonly rooms: {
    /** Those of now. */
    readonly all: Iterable<InspectedRoom>;
  };
}
