import { type AnyContract, isRecord } from '@roomcast/realtime-contract';
import { eventContract } from '@roomcast/realtime-contract/event-contract';

/**
 * The contract that a module exports, under whatever name.
 *
 * @param module - its URL; null for the ready ticketing contract
 * @throws Error where the module cannot be read or has no contract, or several
 */
export async function loadContract(module: string | null): Promise<AnyContract> {
  if (module === null) return eventContract;
  const exported: object = await import(module);
  const contracts = new Set(Object.values(exported).filter(isContract));
  const [contract] = contracts;
  if (contract && contracts.size === 1) return contract;
  throw new Error(`Expected ${module} to export one contract, got ${contracts.size}.`);
}

function isContract(value: unknown): value is AnyContract {
  return isRecord(value) && typeof value.parseRoom === 'function' && isRecord(value.events);
}
