import { isRecord, RoomcastError } from '@roomcast/realtime-contract';

/** @throws RoomcastError `INVALID_CONFIG` for what `defineContract` did not make */
export function assertContract(contract: unknown): void {
  if (isRecord(contract) && typeof contract.formatRoom === 'function') return;
  const actual = contract instanceof Promise ? 'a promise' : `\`${contract}\``;
  throw new RoomcastError(
    'INVALID_CONFIG',
    `Expected \`contract\` to be what \`defineContract\` returns, got ${actual}.`,
  );
}
