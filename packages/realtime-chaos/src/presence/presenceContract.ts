import { defineContract } from '@roomcast/realtime-contract';
import { z } from 'zod';

/** Rooms in which members are present. */
export const presenceContract = defineContract({
  version: '1.0',
  rooms: {
    lobby: {
      template: 'lobby-{lobbyId}',
      access: 'authenticated',
      presence: z.object({ name: z.string(), version: z.number() }),
    },
  },
  events: {},
  actions: {},
});

/** The last one is for more members than a room lists. */
export const lobbies = ['1', '2', '3', 'crowd'] as const;
export type Lobby = (typeof lobbies)[number];

/** Which has more members than are listed. */
export const crowd: Lobby = 'crowd';

/** How many members of a room are listed. */
export const maxMembers = 16;
