import { type AnyContract, RoomcastError } from '@roomcast/realtime-contract';

/**
 * Describes what members of a room tell of themselves.
 *
 * @throws RoomcastError `INVALID_ROOM` where the contract gives rooms like this no presence
 */
export function presenceSchema(
  contract: AnyContract,
  room: string,
): NonNullable<AnyContract['rooms'][string]['presence']> {
  const parsed = contract.parseRoom(room);
  const schema = parsed && contract.rooms[parsed.kind]?.presence;
  if (schema) return schema;
  throw new RoomcastError('INVALID_ROOM', `"${room}" is no room with presence in the contract.`);
}
