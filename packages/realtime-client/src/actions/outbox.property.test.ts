import { defineContract, RoomcastError } from '@roomcast/realtime-contract';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createRealtimeClient } from '../createRealtimeClient.ts';
import { ActionServer } from '../fakes/actionServer.ts';
import { opened } from '../fakes/openTransport.ts';
import { createOutbox } from './createOutbox.ts';

vi.mock('../socket-io/openTransport.ts', () => import('../fakes/openTransport.ts'));

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});

afterEach(() => {
  vi.useRealTimers();
});

const contract = defineContract({
  version: '1.0',
  rooms: {},
  events: {},
  actions: { act: { input: z.number(), output: z.string(), errors: [] } },
});

const maxActions = 6;

/** One call, and how it ended. */
interface Call {
  readonly user: string | undefined;
  readonly abort: AbortController;
  readonly ends: unknown[];
}

function openStage() {
  opened.length = 0;
  const server = new ActionServer();
  const outbox = createOutbox({ actions: ['act'], maxActions, maxAgeMs: 20_000 });
  const client = createRealtimeClient({
    ...{ contract, url: 'http://127.0.0.1:9', outbox, random: () => 0, compression: false },
    backoff: { minDelayMs: 100, maxDelayMs: 1_000 },
  });
  const calls: Call[] = [];
  let user: string | undefined;
  const welcome = async (next: string) => {
    await vi.advanceTimersByTimeAsync(1_000);
    const transport = opened.at(-1);
    if (client.state.status === 'connected' || !transport || transport.isClosed) return;
    user = next;
    server.welcome(transport, next);
  };
  const steps = {
    call() {
      const abort = new AbortController();
      const call: Call = { user, abort, ends: [] };
      const input = calls.length;
      calls.push(call);
      const answer = client.call('act', input, { signal: abort.signal, timeoutMs: 5_000 });
      void answer.then(
        (value) => call.ends.push(value),
        (error: RoomcastError) => call.ends.push(error.code ?? error),
      );
    },
    alice: () => welcome('alice'),
    bob: () => welcome('bob'),
    handle: () => server.handle(),
    deliver: () => server.deliver(),
    drop: () => opened.at(-1)?.fail(new RoomcastError('CONNECTION_LOST', 'It ended.')),
    expire: () => server.expire(),
    abort: () => calls.findLast(({ ends }) => ends.length === 0)?.abort.abort('aborted'),
    disconnect: () => client.disconnect(),
    connect: () => client.connect(),
    wait: () => vi.advanceTimersByTimeAsync(3_000),
  };
  return { server, client, calls, steps };
}

type Step = keyof ReturnType<typeof openStage>['steps'];

const weights: Readonly<Record<Step, number>> = {
  ...{ call: 6, alice: 4, handle: 6, deliver: 6, drop: 2 },
  ...{ bob: 1, expire: 1, abort: 1, wait: 1, disconnect: 1, connect: 1 },
};

const schedules = fc.array(
  fc.oneof(
    ...Object.entries(weights).map(([step, weight]) => ({
      ...{ weight, arbitrary: fc.constant(step as Step) },
    })),
  ),
  { maxLength: 80, size: 'max' },
);

it('whatever the network does, each call ends once, is done at most once, by its user, in order', async () => {
  await fc.assert(
    fc.asyncProperty(schedules, async (schedule) => {
      const { server, client, calls, steps } = openStage();
      client.connect();
      for (const step of schedule) {
        await steps[step]();
        await vi.advanceTimersByTimeAsync(0);
        const open = calls.filter(({ ends }) => ends.length === 0);
        expect(open.length).toBeLessThanOrEqual(maxActions);
      }
      // Nobody waits forever, whether the network ever comes back or not.
      await vi.advanceTimersByTimeAsync(30_000);
      expect(calls.map(({ ends }) => ends.length)).toEqual(calls.map(() => 1));
      while (server.handle() || server.deliver());
      await client.close();
      await vi.advanceTimersByTimeAsync(0);
      expect(calls.map(({ ends }) => ends.length)).toEqual(calls.map(() => 1));
      expect(vi.getTimerCount()).toBe(0);

      const done = server.effects.map(({ input }) => input);
      expect(new Set(done).size).toBe(done.length);
      expect(server.arrived).toEqual([...server.arrived].sort((a, b) => Number(a) - Number(b)));
      for (const { user, input } of server.effects) {
        expect([user, undefined]).toContain(calls[input as number]?.user);
      }
      for (const [input, { ends }] of calls.entries()) {
        const isDone = done.includes(input);
        if (ends[0] === `done ${input}`) expect(isDone).toBe(true);
        // These say for certain that it was not done.
        if (/NOT_CONNECTED|FORBIDDEN|LIMIT_EXCEEDED|CLOSED/.test(`${ends[0]}`)) {
          expect(isDone).toBe(false);
        }
      }
    }),
    { numRuns: 1_000 },
  );
}, 60_000);
