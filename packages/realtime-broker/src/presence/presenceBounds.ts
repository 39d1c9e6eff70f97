/** How much a store of presence tells of each room. */
export interface PresenceBounds {
  /** The most members that are listed; those beyond it are counted only, until they enter again. */
  readonly maxMembers: number;
}

export const defaultPresenceBounds: PresenceBounds = { maxMembers: 1_000 };
