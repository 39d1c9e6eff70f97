import {
  type AnyContract,
  type PublicationInput,
  RoomcastError,
  validate,
} from '@roomcast/realtime-contract';

/**
 * Refuses a publication that the contract does not describe.
 *
 * @param validatePayload - whether the payload is checked against its schema too
 * @throws RoomcastError `EMPTY_TARGET`, `INVALID_ROOM`, `UNKNOWN_EVENT` or `INVALID_PAYLOAD`
 */
export async function checkPublication(
  contract: AnyContract,
  { room, event, payload, delivery, removed }: PublicationInput,
  validatePayload: boolean,
): Promise<void> {
  if (typeof room !== 'string' || room === '') {
    throw new RoomcastError('EMPTY_TARGET', `"${event}" has no room; that never means everyone.`);
  }
  const parsed = contract.parseRoom(room);
  if (!parsed) throw new RoomcastError('INVALID_ROOM', `The contract has no room "${room}".`);
  const definition = Object.hasOwn(contract.events, event) ? contract.events[event] : undefined;
  if (!definition || definition.room !== parsed.kind || definition.delivery !== delivery) {
    throw new RoomcastError(
      'UNKNOWN_EVENT',
      `The contract (${contract.fingerprint}) has no ${delivery} event "${event}" in rooms of kind "${parsed.kind}".`,
    );
  }
  if (removed && delivery !== 'latest') {
    throw new RoomcastError('UNKNOWN_EVENT', `"${event}" keeps no value that could be removed.`);
  }
  assertEncodable(event, payload);
  if (validatePayload && !removed)
    await validate(definition.payload, payload, `payload of "${event}"`);
}

/** A publication that cannot be written down would take an offset and reach nobody. */
function assertEncodable(event: string, payload: unknown): void {
  try {
    JSON.stringify(payload);
  } catch (cause) {
    throw new RoomcastError('INVALID_PAYLOAD', `The payload of "${event}" is no JSON.`, { cause });
  }
}
