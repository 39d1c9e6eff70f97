import type { GapReason } from '@roomcast/realtime-contract';

/** What became of a room's stream when the room was joined, joined again, or lost its thread. */
export type Recovery = {
  /** Whether it comes with the answer to a join, or in the middle of the stream. */
  readonly during: 'join' | 'stream';
} & (
  | {
      /** Joined without a position: the stream begins here. */
      readonly status: 'fresh';
      /** How long nothing had been published, in milliseconds; left out where it is not known. */
      readonly quietForMs?: number;
    }
  | {
      /** Nothing was missed, or all of it follows. */
      readonly status: 'resumed';
    }
  | {
      /** Something was missed and will not come. */
      readonly status: 'gap';
      /** `unauthorized` where the server does not let the session in any more. */
      readonly reason: GapReason;
      /** How many reliable publications were missed; left out where it is not known. */
      readonly missed?: number;
      /** How long nothing had been published, in milliseconds; left out where it is not known. */
      readonly quietForMs?: number;
    }
);
