import type { ActionDefinitions, EventDefinitions, RoomDefinitions } from './contract.ts';
import { fnv1a64 } from './fnv1a64.ts';

/** A hash over everything that two ends must agree on by name. */
export function fingerprint(
  rooms: RoomDefinitions,
  events: EventDefinitions,
  actions: ActionDefinitions,
): string {
  const lines = [
    ...Object.entries(rooms).map(([kind, { template, access = 'authorised', presence }]) => [
      ...['room', kind, template, access],
      ...(presence ? ['presence'] : []),
    ]),
    ...Object.entries(events).map(([name, { room, delivery, encrypted }]) => [
      ...['event', name, room, delivery],
      ...(encrypted ? ['encrypted'] : []),
    ]),
    ...Object.entries(actions).map(([name, { errors }]) => [
      'action',
      name,
      ...[...(errors ?? [])].sort(),
    ]),
  ];
  const text = lines
    .map((line) => JSON.stringify(line))
    .sort()
    .join();
  return fnv1a64(new TextEncoder().encode(text));
}

declare const TextEncoder: new () => { encode(text: string): Uint8Array };
