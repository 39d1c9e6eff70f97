import { defineContract } from '@roomcast/realtime-contract';
import { z } from 'zod';

/** What `--contract` names: rooms for those who are let in, and an action of its own. */
export const stageContract = defineContract({
  version: '3.1',
  rooms: {
    stage: { template: 'stage-{name}', access: 'authenticated' },
    lobby: { template: 'lobby', access: 'public' },
  },
  events: {
    line: {
      room: 'stage',
      payload: z.object({ by: z.string(), said: z.object({ text: z.string() }) }),
      delivery: 'reliable',
      example: { by: 'ada', said: { text: 'To be.' } },
    },
    call: {
      room: 'lobby',
      payload: z.object({ minutes: z.number() }),
      delivery: 'reliable',
      example: { minutes: 5 },
    },
  },
  actions: {
    say: {
      input: z.object({ stage: z.string(), text: z.string() }),
      output: z.object({}),
      errors: ['TOO_LOUD'],
    },
  },
});
