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

/** The room that is taken away at first. */
export const deniedTeam = '1';
export const deniedRoom = `team-${deniedTeam}`;

/** The room that is published to once the user is revoked. */
export const openTeam = '2';
export const openRoom = `team-${openTeam}`;
