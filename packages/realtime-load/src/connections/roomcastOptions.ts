import type { RealtimeClientOptions } from '@roomcast/realtime-client';
import { leaveSealed } from '@roomcast/realtime-client/encryption';
import type { AnyContract } from '@roomcast/realtime-contract';
import type { Target } from '../plan/target.ts';

/** The options of a client that is part of a load. */
export function roomcastOptions(
  { url, path, namespace, transports }: Target,
  contract: AnyContract,
  token: string | null,
): RealtimeClientOptions<AnyContract> {
  // The load is set up on its command line, not by what the environment has for applications.
  // Whoever measures has no keys, and needs none: what is encrypted is counted as it came.
  const opener = leaveSealed();
  return { contract, opener, url, path, namespace, transports, getToken: () => token, env: {} };
}
