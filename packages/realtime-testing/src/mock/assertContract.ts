import { type AnyContract, isRecord, RoomcastError } from '@roomcast/realtime-contract';

/** @throws RoomcastError `INVALID_CONFIG` for what `defineContract` has not made */
export function assertContract(contract: unknown): asserts contract is AnyContract {
  if (isRecord(contract) && typeof contract.formatRoom === 'function') return;
  const remedy = 'Look at its import: a name that a module does not export is undefined.';
  throw new RoomcastError(
    'INVALID_CONFIG',
    `Expected \`contract\` to be made by \`defineContract\`, got \`${contract}\`. ${remedy}`,
  );
}
