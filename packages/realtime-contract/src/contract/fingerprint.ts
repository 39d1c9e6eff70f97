import type { ActionDefinitions, EventDefinitions, RoomDefinitions } from './contract.ts';

/** A hash over everything that two ends must agree on by name. */
export function fingerprint(
  rooms: RoomDefinitions,
  events: EventDefinitions,
  actions: ActionDefinitions,
): string {
  const lines = [
    ...Object.entries(rooms).map(([kind, { template, access = 'authorised' }]) => [
      'room',
      kind,
      template,
      access,
    ]),
    ...Object.entries(events).map(([name, { room, delivery }]) => ['event', name, room, delivery]),
    ...Object.entries(actions).map(([name, { errors }]) => [
      'action',
      name,
      ...[...(errors ?? [])].sort(),
    ]),
  ];
  return fnv1a64(
    lines
      .map((line) => JSON.stringify(line))
      .sort()
      .join(),
  );
}

/** FNV-1a with 64 bits (Fowler, Noll and Vo): enough to tell contracts apart, not a secret. */
function fnv1a64(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, '0');
}

declare const TextEncoder: new () => { encode(text: string): Uint8Array };
