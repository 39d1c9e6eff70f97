export interface HalfOpenOptions {
  /** Whose end of the connection is gone. */
  readonly side: 'client' | 'server';
}

/** The fault made by {@link halfOpen}. */
export interface HalfOpenFault extends Required<HalfOpenOptions> {
  readonly kind: 'halfOpen';
}

/**
 * One side is gone without a word, as after a crash: its sockets are reset, and the other side
 * hears nothing and keeps its own. What that writes is held up, since nobody acknowledges it. When
 * the fault is removed, it is reset, as by the first packet that reaches a machine that does not
 * know the connection. It is for the connections that are open when it is applied; who comes back
 * finds the way free.
 */
export function halfOpen({ side }: HalfOpenOptions): HalfOpenFault {
  return { kind: 'halfOpen', side };
}
