import { loadContract } from '../loadContract.ts';
import type { LoadPlan } from '../plan/loadPlan.ts';
import { UsageError } from './usageError.ts';

/** Refuses a plan that its contract has no room or no action for. @throws UsageError */
export async function assertContract({ target, rooms, publishing }: LoadPlan): Promise<void> {
  if (target.kind !== 'roomcast') return;
  const contract = await loadContract(target.contract).catch((cause: Error) => {
    throw new UsageError(`\`--contract\` cannot be used. ${cause.message}`, { cause });
  });
  const unknown = rooms.find((room) => contract.parseRoom(room) === null);
  if (unknown !== undefined) {
    throw new UsageError(`The contract has no room "${unknown}". Give it with \`--room\`.`);
  }
  if (publishing?.by !== 'action' || Object.hasOwn(contract.actions, publishing.action)) return;
  const known = Object.keys(contract.actions).join(', ') || 'none';
  throw new UsageError(`The contract has no action "${publishing.action}". It has: ${known}.`);
}
