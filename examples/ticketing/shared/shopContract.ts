import { defineContract } from '@roomcast/realtime-contract';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import * as v from 'valibot';

const { version, rooms, events, actions } = eventContract;

/**
 * What server and pages speak: the contract of the ticketing events, and who is looking at an event.
 *
 * A member tells nothing of itself. The server knows whose connection it is, so that nobody is shown
 * under the name of somebody else.
 */
export const shopContract = defineContract({
  version,
  rooms: { ...rooms, event: { ...rooms.event, presence: v.object({}) } },
  events,
  actions,
});

export type ShopContract = typeof shopContract;
