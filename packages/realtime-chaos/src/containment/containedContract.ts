import { defineContract } from '@roomcast/realtime-contract';
import type { Behaviour } from './misbehaviour.ts';

/** A schema of the application, as far as a server knows one: it may do as it likes. */
function schemaOf(behaviour: () => Behaviour) {
  const validate = (value: unknown): { value: unknown } => behaviour()(() => ({ value }));
  return { '~standard': { version: 1, vendor: 'application', validate } } as const;
}

export type SchemaName = 'input schema' | 'output schema' | 'payload schema' | 'presence schema';

/** A contract whose schemas misbehave. */
export function containedContract(at: (name: SchemaName) => Behaviour) {
  const sound = schemaOf(() => (answer) => answer());
  return defineContract({
    version: '1.0',
    rooms: {
      hall: {
        ...{ template: 'hall-{hallId}', access: 'public' },
        presence: schemaOf(() => at('presence schema')),
      },
      team: { template: 'team-{teamId}' },
    },
    events: {
      said: { room: 'hall', payload: sound, delivery: 'reliable', example: 'hello' },
      planned: {
        ...{ room: 'team', delivery: 'reliable', example: 'a plan' },
        payload: schemaOf(() => at('payload schema')),
      },
    },
    actions: {
      look: { input: sound, output: sound, guests: true },
      act: {
        input: schemaOf(() => at('input schema')),
        output: schemaOf(() => at('output schema')),
        guests: true,
      },
      plan: { input: sound, output: sound, guests: true },
      fail: { input: sound, output: sound, guests: true },
      wait: { input: sound, output: sound, guests: true },
    },
  });
}
