import { setTimeout } from 'node:timers/promises';
import { RoomcastError } from '@roomcast/realtime-contract';

/** What a callback does instead of giving its answer. Generic, so that it fits in everywhere. */
export type Behaviour = <Answer>(answer: () => Answer) => Answer;

export type Misbehaviour = keyof typeof misbehaviours;

/** The options of a server that limit how long a callback may take, in milliseconds. */
export const timeoutMs = 100;

/** Nobody but the application may ever read this. */
function secretOf(subject: string): string {
  return `the password of ${subject} is hunter2`;
}

/** Every way in which a callback can go wrong, without stopping the process itself. */
export const misbehaviours = {
  throws: (_, secret) => {
    throw new Error(secret);
  },
  'throws a text': (_, secret) => {
    throw secret;
  },
  'throws null': () => {
    throw null;
  },
  rejects: async (_, secret) => {
    throw new Error(secret);
  },
  hangs: () => new Promise(() => {}),
  'rejects too late': async (_, secret) => {
    await setTimeout(timeoutMs * 2);
    throw new Error(secret);
  },
  'answers with nothing': () => undefined,
  'answers twice, and rejects': (answer, secret) => ({
    // biome-ignore lint/suspicious/noThenProperty: a promise of some library, with a defect
    then(resolve: (value: unknown) => void, reject: (error: unknown) => void) {
      resolve(answer());
      resolve(answer());
      reject(new Error(secret));
      throw new Error(secret);
    },
  }),
} as const satisfies Record<string, (answer: () => unknown, secret: string) => unknown>;

export type Weakness = keyof typeof weaknesses;

/** What no server can contain, for a test of what the scenario finds. */
const weaknesses = {
  'tells its secret to the client': (_, secret) => {
    throw new RoomcastError('FORBIDDEN', secret);
  },
  'throws where nobody catches it': (answer, secret) => {
    setImmediate(() => {
      throw new Error(secret);
    });
    return answer();
  },
} as const satisfies Record<string, (answer: () => unknown, secret: string) => unknown>;

/** @param subject - what is written into the secret, so that it can be told whose it was */
export function behave(misbehaviour: Misbehaviour | Weakness, subject: string): Behaviour {
  const secret = secretOf(subject);
  const all = { ...misbehaviours, ...weaknesses };
  return <Answer>(answer: () => Answer) => all[misbehaviour](answer, secret) as Answer;
}
