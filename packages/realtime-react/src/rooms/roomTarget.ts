/** A room by its kind and parameters. */
export type RoomTarget = readonly [kind: string, params: Readonly<Record<string, string>>];

/** A room as it is written, with parameters or without, as one that has them. */
export function targetOf(
  room: readonly [kind: string, params?: Readonly<Record<string, string>>],
): RoomTarget {
  const [kind, params = {}] = room;
  return [kind, params];
}
