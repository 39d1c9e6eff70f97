import { deepEqual, rejects } from 'node:assert/strict';
import { type Delivery, isRoomcastError } from '@roomcast/realtime-contract';
import type { BrokerCase } from './brokerCase.ts';
import type { CaseContext } from './caseContext.ts';

const cycle: { self?: unknown } = {};
cycle.self = cycle;

/** What JSON cannot hold. */
const payloads: readonly unknown[] = [
  undefined,
  () => {},
  Symbol('symbol'),
  1n,
  [{ id: 1n }],
  cycle,
];

const deliveries: readonly Delivery[] = ['reliable', 'latest', 'volatile'];

/** What a broker does not take. */
export const refusalCases: readonly BrokerCase[] = deliveries.map((delivery) => ({
  name: `a ${delivery} payload that JSON cannot hold is refused, and leaves the room as it was`,
  run: (context) => refuse(context, delivery),
}));

async function refuse(context: CaseContext, delivery: Delivery): Promise<void> {
  const follower = await context.follow(context.newRoom());
  const { room, subscription } = follower;
  const keyed = { delivery, idempotencyKey: 'order-1' };
  for (const payload of payloads) {
    await rejects(context.publish(room, payload, keyed), isInvalidPayload);
  }
  deepEqual(await context.broker.position(room), subscription.position);
  deepEqual(await context.readAll(room, subscription.position), []);
  await context.publish(room, 'sound', keyed);
  deepEqual(await context.payloadsHeardBy(follower, delivery), ['sound']);
}

function isInvalidPayload(error: unknown): boolean {
  return isRoomcastError(error, 'INVALID_PAYLOAD');
}
