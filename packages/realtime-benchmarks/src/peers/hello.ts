export type ServedRooms = readonly string[];

/** What a client of the hand-written servers says first; the answer is `{ joined }`. */
export interface Hello {
  readonly token: string;
  readonly rooms: ServedRooms;
}

/** Only our own load says it, so its form is not checked. */
export function parseHello(text: string): Hello {
  return JSON.parse(text);
}
