/** `true` where two types are the same in every respect; `any` is the same only as `any`. */
export type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
