import { type AnyContract, RoomcastError } from '@roomcast/realtime-contract';

/**
 * Refuses a room that is not named completely. A forgotten id must be an error: were it taken for
 * "no restriction", what is meant for one user would reach everyone.
 *
 * @throws RoomcastError `EMPTY_TARGET`
 */
export function assertTarget(contract: AnyContract, kind: unknown, params: unknown): void {
  if (typeof kind !== 'string' || kind === '') throw emptyTarget('no room');
  const definition = Object.hasOwn(contract.rooms, kind) ? contract.rooms[kind] : undefined;
  const given = new Map<string, unknown>(Object.entries(params ?? {}));
  for (const [, name = ''] of definition?.template.matchAll(/\{(\w+)\}/g) ?? []) {
    if (isEmpty(given.get(name))) throw emptyTarget(`no "${name}" for a room of kind "${kind}"`);
  }
}

function isEmpty(id: unknown): boolean {
  return id === undefined || id === null || id === '';
}

function emptyTarget(what: string): RoomcastError {
  return new RoomcastError(
    'EMPTY_TARGET',
    `There is ${what}. Name the room completely; an empty target never means everyone.`,
  );
}
