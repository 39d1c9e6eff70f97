import { RoomcastError } from '@roomcast/realtime-contract';
import fc from 'fast-check';
import { vi } from 'vitest';
import type { RoomSubscription } from '../rooms/roomSubscription.ts';
import { createFakeClient, type FakeClient } from './createFakeClient.ts';
import { ModelServer } from './modelServer.ts';

const lost = new RoomcastError('CONNECTION_LOST', 'The connection ended.');

/** A client in one room of a server, moved step by step. */
export interface Stage {
  readonly server: ModelServer;
  readonly fake: FakeClient;
  room: Pick<RoomSubscription, 'state' | 'position' | 'release'>;
}

export async function openStage(): Promise<Stage> {
  const server = new ModelServer();
  const fake = createFakeClient();
  const room = fake.client.subscribe('event', { eventId: '42' });
  await vi.advanceTimersByTimeAsync(0);
  server.welcome(fake.transport());
  return { server, fake, room };
}

/** What can happen between a client and its server. */
export type Step =
  | 'publish'
  | 'publishLatest'
  | 'handle'
  | 'deliver'
  | 'lose'
  | 'repeat'
  | 'trim'
  | 'restart'
  | 'wait'
  | 'cut'
  | 'rejoin';

const steps: Readonly<Record<Step, (stage: Stage) => unknown>> = {
  publish: ({ server }) => server.publish(),
  publishLatest: ({ server }) => server.publishLatest(),
  /** The server answers a request. */
  handle: ({ server }) => server.handle(),
  /** A message arrives at the client. */
  deliver: ({ server }) => server.deliver(),
  lose: ({ server }) => server.lose(),
  repeat: ({ server }) => server.repeat(),
  trim: ({ server }) => server.trim(2),
  restart: ({ server }) => server.restart(),
  /** Long enough for requests to be given up and made again. */
  wait: () => vi.advanceTimersByTimeAsync(10_000),
  async cut({ server, fake }) {
    fake.transport().fail(lost);
    await vi.advanceTimersByTimeAsync(2_000);
    server.welcome(fake.transport());
  },
  /** Leaves the room and comes back to it. */
  async rejoin(stage) {
    stage.room.release();
    await vi.advanceTimersByTimeAsync(1_000);
    stage.room = stage.fake.client.subscribe('event', { eventId: '42' });
  },
};

const ordinary: readonly Step[] = ['publish', 'publishLatest', 'handle', 'deliver'];

/** Schedules of ordinary steps, with some of these faults in between. */
export function schedules(...faults: readonly Step[]): fc.Arbitrary<Step[]> {
  const weigh = (weight: number) => (step: Step) => ({ weight, arbitrary: fc.constant(step) });
  const all = [...ordinary.map(weigh(4)), ...faults.map(weigh(1))];
  return fc.array(fc.oneof(...all), { maxLength: 60, size: 'max' });
}

/** Takes steps, and lets promises settle after each. */
export async function take(stage: Stage, ...schedule: readonly Step[]): Promise<void> {
  for (const step of schedule) {
    await steps[step](stage);
    await vi.advanceTimersByTimeAsync(0);
  }
}

/**
 * Lets everything arrive and be answered that is on its way, and publishes twice: the first event
 * shows what is missing and may itself be part of a gap, the second is heard.
 */
export async function finish(stage: Stage): Promise<void> {
  for (const step of ['publish', 'publishLatest', 'publish'] as const) {
    await settle(stage);
    await take(stage, step);
  }
  await settle(stage);
  // What is tried again after a pause.
  await vi.advanceTimersByTimeAsync(1_000);
  await settle(stage);
}

async function settle({ server }: Stage): Promise<void> {
  let isMoving = true;
  while (isMoving) {
    const hasHandled = server.handle();
    isMoving = server.deliver() || hasHandled;
    await vi.advanceTimersByTimeAsync(0);
  }
}
