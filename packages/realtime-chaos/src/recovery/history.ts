/** How little the log keeps, so that it loses something in a short history. */
export interface LogBounds {
  readonly maxPublications: number;
  readonly maxBytes: number;
  readonly maxAgeMs: number;
}

/**
 * One thing that happens. Every step makes sense at every point: what is cut already is not cut
 * again, and so on.
 */
export type Step =
  /** `padding` is the length of the payload's text. */
  | ({ readonly kind: 'publish'; readonly event: 'sold' | 'note'; readonly count: number } & {
      readonly padding: number;
    })
  | { readonly kind: 'price'; readonly seat: string }
  | { readonly kind: 'remove'; readonly seat: string }
  | { readonly kind: 'blink' }
  /** The client calls an action that publishes. */
  | { readonly kind: 'sell' }
  /** Whatever is on its way arrives. */
  | { readonly kind: 'settle' }
  /** The connection is lost, in the middle of whatever is on its way; maybe unheard by the server. */
  | { readonly kind: 'cut'; readonly isSilent: boolean }
  /** The client gives the room up. */
  | { readonly kind: 'leave' }
  /** The client comes back, from a cut or into the room it has left, while this many publications are made. */
  | { readonly kind: 'return'; readonly published: number }
  | { readonly kind: 'wait'; readonly ms: number }
  /** Other rooms are published to, so that a quiet room is forgotten. */
  | { readonly kind: 'crowd' }
  /** The server is started again on its port, with its log or with a new one. */
  | { readonly kind: 'restart'; readonly keepsLog: boolean };

/** Plain data: printed where it fails, and made smaller. */
export interface History {
  readonly bounds: LogBounds;
  /** The client's own limit; null for none. */
  readonly maxReplay: number | null;
  readonly steps: readonly Step[];
}
