import {
  type AnyContract,
  type PublicationInput,
  parseSealed,
  RoomcastError,
  validate,
} from '@roomcast/realtime-contract';

/**
 * Refuses a publication that the contract does not describe.
 *
 * @param validatePayload - whether the payload is checked against its schema too; that of an
 * encrypted event cannot be, and has to be sealed
 * @throws RoomcastError `EMPTY_TARGET`, `INVALID_ROOM`, `UNKNOWN_EVENT` or `INVALID_PAYLOAD`
 */
export async function checkPublication(
  contract: AnyContract,
  input: PublicationInput,
  validatePayload: boolean,
): Promise<void> {
  const { room, event, payload, delivery, removed } = input;
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
  if (definition.encrypted) assertSealed(input);
  else if (validatePayload && !removed)
    await validate(definition.payload, payload, `payload of "${event}"`);
}

/** Whether or not payloads are checked: what is in the log in the clear has been seen. */
function assertSealed({ event, payload, removed, idempotencyKey }: PublicationInput): void {
  const sealed = parseSealed(payload);
  const isRemoval = removed && payload === null;
  if (isRemoval || (sealed && sealed.idempotencyKey === idempotencyKey)) return;
  throw new RoomcastError(
    'INVALID_PAYLOAD',
    `The payload of "${event}" is not sealed, or not for this idempotency key. Publish it with \`createBroadcaster\` and its option \`keys\`.`,
  );
}

/** A publication that cannot be written down would take an offset and reach nobody. */
function assertEncodable(event: string, payload: unknown): void {
  try {
    JSON.stringify(payload);
  } catch (cause) {
    throw new RoomcastError('INVALID_PAYLOAD', `The payload of "${event}" is no JSON.`, { cause });
  }
}
