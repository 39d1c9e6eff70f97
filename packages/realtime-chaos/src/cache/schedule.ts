import type { CacheEvent } from './cacheContract.ts';

export const halls = ['1', '2'] as const;
export type Hall = (typeof halls)[number];

/**
 * One thing that happens. Every step makes sense at every point: what is cut already is not cut
 * again, and so on.
 */
export type Step =
  | {
      readonly kind: 'publish';
      readonly hall: Hall;
      readonly event: CacheEvent;
      readonly id: string;
    }
  /** Events in a row, this far apart. */
  | ({ readonly kind: 'burst'; readonly hall: Hall; readonly event: CacheEvent } & {
      readonly count: number;
      readonly everyMs: number;
    })
  | { readonly kind: 'wait'; readonly ms: number }
  /** The connection is lost with everything that is on its way. */
  | { readonly kind: 'cut' }
  | { readonly kind: 'return' }
  /** The log forgets what it has. */
  | { readonly kind: 'trim'; readonly hall: Hall }
  /** The log begins anew. */
  | { readonly kind: 'lose'; readonly hall: Hall }
  /** A page of a hall appears: its queries first, or its room. */
  | ({ readonly kind: 'mount'; readonly hall: Hall; readonly isStrict: boolean } & {
      readonly queriesFirst: boolean;
    })
  | { readonly kind: 'unmount'; readonly hall: Hall }
  /** Somebody else on the page uses a room, who keeps no queries true. */
  | { readonly kind: 'visit'; readonly hall: Hall }
  | { readonly kind: 'leave'; readonly hall: Hall }
  /** The user presses a button that fetches everything, and cancels what runs. */
  | { readonly kind: 'refetch' }
  /** The next fetch of each query fails. */
  | { readonly kind: 'fail' };

/** Plain data: printed where it fails, and made smaller. */
export interface Schedule {
  /** How long a message is on its way, at most. */
  readonly latencyMs: number;
  /** How long fetches take, each in its turn. */
  readonly fetchMs: readonly number[];
  /** When a fetch reads the data, as a part of its time. */
  readonly readAt: number;
  /** For how long data that nobody invalidated counts as fresh; null for ever. */
  readonly staleTimeMs: number | null;
  readonly steps: readonly Step[];
}
