import type { AnyContract } from '../contract/contract.ts';

/** Whether an event of a contract is encrypted; one that the contract does not have is not. */
export function isEncryptedEvent({ events }: Pick<AnyContract, 'events'>, name: string): boolean {
  return Object.hasOwn(events, name) && events[name]?.encrypted === true;
}

/** Whether a contract has encrypted events, so that publishers and readers need keys. */
export function hasEncryptedEvents({ events }: Pick<AnyContract, 'events'>): boolean {
  return Object.values(events).some(({ encrypted }) => encrypted);
}
