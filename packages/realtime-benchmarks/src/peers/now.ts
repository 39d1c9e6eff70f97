/** Milliseconds since 1970 with a fraction, which every process of the machine agrees on. */
export const now = (): number => performance.timeOrigin + performance.now();
