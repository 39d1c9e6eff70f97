import { type AnyContract, RoomcastError } from '@roomcast/realtime-contract';

const kinds = { event: 'events', action: 'actions' } as const;

/**
 * Makes sure that a contract has an event or an action of a name: of one that is misspelt nothing
 * would ever be seen, which a test could take for a success.
 *
 * @throws RoomcastError `UNKNOWN_EVENT`, naming those that there are
 */
export function assertDeclared(
  contract: AnyContract,
  kind: keyof typeof kinds,
  name: string,
): void {
  const declared = Object.keys(contract[kinds[kind]]);
  if (declared.includes(name)) return;
  const list = declared.map((known) => `"${known}"`).join(', ');
  const remedy = list ? `Use one of these: ${list}.` : `It has no ${kinds[kind]} at all.`;
  throw new RoomcastError('UNKNOWN_EVENT', `The contract has no ${kind} "${name}". ${remedy}`);
}
