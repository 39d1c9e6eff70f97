import { defineContract } from '@roomcast/realtime-contract';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { z } from 'zod';

const { version, rooms, events, actions } = eventContract;

/** The contract of the ticketing events, with presence in their rooms. */
export const parityContract = defineContract({
  version,
  rooms: { ...rooms, event: { ...rooms.event, presence: z.object({ name: z.string() }) } },
  events,
  actions,
});

export type ParityContract = typeof parityContract;
