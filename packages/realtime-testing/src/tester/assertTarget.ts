import { isRecord, RoomcastError } from '@roomcast/realtime-contract';
import { assertContract } from '../assertContract.ts';

/** @throws RoomcastError `INVALID_CONFIG` for what no tester can connect to, such as a promise */
export function assertTarget(target: unknown): void {
  if (target instanceof Promise) {
    throw new RoomcastError(
      'INVALID_CONFIG',
      'Expected the target of a tester to be a server, got a promise. Await `startTestServer` first.',
    );
  }
  const { url, contract, tokenFor } = isRecord(target) ? target : {};
  if (typeof url !== 'string' || typeof tokenFor !== 'function') {
    throw new RoomcastError(
      'INVALID_CONFIG',
      'Expected the target of a tester to have `url`, `contract` and `tokenFor`, as a test server has.',
    );
  }
  assertContract(contract);
}
