import { defineContract } from '@roomcast/realtime-contract';
import { z } from 'zod';

/** One kind of room, which has to be authorised. */
export const revokeContract = defineContract({
  version: '1.0',
  rooms: { team: { template: 'team-{teamId}' } },
  events: {
    planned: { room: 'team', payload: z.object({}), delivery: 'reliable', example: {} },
  },
  actions: {},
});

export const room = 'team-1';

/** Time that processes of one machine agree on, in milliseconds. */
export function preciseNow(): number {
  return performance.timeOrigin + performance.now();
}
