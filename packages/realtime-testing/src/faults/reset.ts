/** The fault made by {@link reset}. */
export interface ResetFault {
  readonly kind: 'reset';
}

/** Every connection is reset on both sides; a new one is too, before the server has seen it. */
export function reset(): ResetFault {
  return { kind: 'reset' };
}
