import type { AcquiredNamespace } from '../socket-io/acquireNamespace.ts';
import type { Admit } from '../socket-io/connectGate.ts';
import { createFakeMembership, type FakeMembership } from './fakeMembership.ts';

/** What the fake below has given away, oldest first. */
export const acquired: { readonly membership: FakeMembership; readonly admit: Admit }[] = [];

/**
 * Takes the place of the real one, without Socket.IO:
 * `vi.mock('./socket-io/acquireNamespace.ts', () => import('./fakes/acquireNamespace.ts'))`.
 */
export function acquireNamespace(
  _server: unknown,
  _name: string,
  _options: unknown,
  { admit }: { readonly admit: Admit },
): AcquiredNamespace {
  const membership = createFakeMembership();
  acquired.push({ membership, admit });
  return { membership, release: () => {} };
}
