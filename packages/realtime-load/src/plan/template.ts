/** JSON in whose texts `{names}` stand for what is put there. */
export type Template = unknown;
