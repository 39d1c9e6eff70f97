import { defineContract } from '@roomcast/realtime-contract';
import { z } from 'zod';

const text = {
  payload: z.object({ text: z.string() }),
  delivery: 'reliable',
  example: { text: 'secret-1' },
} as const;

/** A kind of room for every access, each with an event of its own. */
export const authorisationContract = defineContract({
  version: '1.0',
  rooms: {
    notice: { template: 'notice-{id}', access: 'public' },
    lounge: { template: 'lounge-{id}', access: 'authenticated' },
    team: { template: 'team-{id}', presence: z.object({ name: z.string() }) },
    staff: { template: 'staff-{id}' },
    user: { template: 'user-{userId}' },
  },
  events: {
    noted: { room: 'notice', ...text },
    chatted: { room: 'lounge', ...text },
    planned: { room: 'team', ...text },
    decided: { room: 'staff', ...text },
    told: { room: 'user', ...text },
  },
  actions: {},
});

export type RoomKindName = keyof typeof authorisationContract.rooms;

/** What is published to rooms of each kind. */
export const eventOf = {
  notice: 'noted',
  lounge: 'chatted',
  team: 'planned',
  staff: 'decided',
  user: 'told',
} as const satisfies Record<RoomKindName, keyof typeof authorisationContract.events>;
