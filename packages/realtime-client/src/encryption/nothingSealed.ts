import type { Opening } from './eventOpener.ts';

/** For a client that opens nothing. */
export const nothingSealed: Opening = {
  all: async ({ publications }) => publications,
  inTurn: ({ publications = [] }, act) => act(publications),
  reset() {},
};
