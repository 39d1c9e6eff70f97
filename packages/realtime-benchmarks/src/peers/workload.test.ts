import { validate } from '@roomcast/realtime-contract';
import { describe, expect, it } from 'vitest';
import { contracts } from './contracts.ts';
import { createWorkload, type WorkloadName } from './workload.ts';

const sizeOf = (payload: object) => JSON.stringify(payload).length;
const create = (workload: WorkloadName) => createWorkload({ workload, eventId: '42', count: 20 });
const payloadsOf = (workload: WorkloadName) =>
  Array.from({ length: 20 }, (_, index) => create(workload).payload(index));

describe('what is published', () => {
  it.each<[WorkloadName, keyof typeof contracts]>([
    ['purchases', 'bench'],
    ['unrelatedLists', 'bench'],
    ['listStates', 'bench'],
    ['readyPurchases', 'ready'],
  ])(
    '%s are as the contract wants them, the same in each process and not in each event',
    async (name, contract) => {
      const { event } = create(name);
      for (const payload of payloadsOf(name)) {
        const schema = contracts[contract].events[event]!.payload;
        await expect(validate(schema, payload, event)).resolves.toEqual(payload);
      }
      expect(payloadsOf(name)).toEqual(payloadsOf(name));
      expect(new Set(payloadsOf(name).map((payload) => JSON.stringify(payload))).size).toBe(20);
    },
  );

  it('purchases have about 200 bytes with the moment of their publication', () => {
    for (const payload of payloadsOf('purchases')) {
      const length = sizeOf({
        ...payload,
        sentAtMs: performance.timeOrigin + 0.123,
        lateMs: 0.123,
      });
      expect(Math.abs(length - 200)).toBeLessThan(10);
    }
  });

  it('purchases of the ready contract have 118 bytes', () => {
    for (const payload of payloadsOf('readyPurchases')) expect(sizeOf(payload)).toBe(118);
  });

  it('lists have 10 kB; one ticket makes the difference between two states', () => {
    const tickets = (payload: object) => (payload as { tickets: object[] }).tickets;
    for (const name of ['unrelatedLists', 'listStates'] as const) {
      for (const payload of payloadsOf(name)) {
        expect(Math.abs(sizeOf(payload) - 10_100)).toBeLessThan(150);
      }
    }
    const [before, after] = payloadsOf('listStates').map(tickets);
    expect(after!.filter((ticket, at) => ticket !== before![at])).not.toHaveLength(0);
    const changed = after!.filter(
      (ticket, at) => JSON.stringify(ticket) !== JSON.stringify(before![at]),
    );
    expect(changed).toHaveLength(1);
  });
});
