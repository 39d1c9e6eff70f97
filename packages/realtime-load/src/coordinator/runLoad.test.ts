import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { describe, expect, it, onTestFinished } from 'vitest';
import { planOf } from '../fakes/planOf.ts';
import { startLocalWorker } from '../fakes/startLocalWorker.ts';
import type { LoadPlan } from '../plan/loadPlan.ts';
import { type LoadProgress, runLoad } from './runLoad.ts';
import { TargetError } from './targetError.ts';

type Acknowledge = (answer: object) => void;

/** A stock server that lets nobody into the cellar, and repeats what it is told. */
async function planFor(changes: Partial<LoadPlan> = {}): Promise<LoadPlan> {
  const http = createServer();
  const io = new Server(http);
  io.on('connection', (socket) => {
    socket.on('join', (room: string, acknowledge: Acknowledge) => {
      if (room !== 'cellar') socket.join(room);
      acknowledge(room === 'cellar' ? { ok: false } : {});
    });
    socket.on('say', ({ room, text }, acknowledge: Acknowledge) => {
      io.to(room).emit('said', { text });
      acknowledge({});
    });
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  onTestFinished(() => io.close());
  const { port } = http.address() as AddressInfo;
  const plan = planOf(changes);
  return {
    ...plan,
    target: {
      ...{ ...plan.target, kind: 'socket.io', url: `http://127.0.0.1:${port}` },
      ...{ join: { event: 'join', input: '{room}' }, acknowledges: true },
    },
    publishing: { by: 'event', event: 'say', input: { room: '{room}', text: '{stamp}' } },
    durationMs: 0,
  };
}

function run(plan: LoadPlan, signal = new AbortController().signal) {
  const progress: LoadProgress[] = [];
  const onProgress = (moment: LoadProgress) => progress.push(moment);
  const report = runLoad(plan, { startWorker: startLocalWorker, signal, onProgress });
  return { report, progress };
}

describe('a run', () => {
  it('connects, publishes, waits for what is on its way, and adds it all up', async () => {
    const plan = await planFor({
      ...{ connections: 6, workers: 2, rooms: ['a', 'b', 'c'], perSecond: 500, publications: 31 },
    });
    const { report, progress } = run(plan);
    expect(await report).toMatchObject({
      connections: { asked: 6, joined: 6, failed: 0 },
      publications: { attempted: 31, acknowledged: 31 },
      deliveries: { expected: 62, delivered: 62, lost: 0, duplicates: 0, outOfOrder: 0 },
      generator: { processes: 3 },
    });
    expect(progress.at(-1)).toMatchObject({ phase: 'draining', joined: 6, delivered: 62 });
  });

  it('expects nothing of those who did not get in, and goes on with the others', async () => {
    const plan = await planFor({
      ...{ connections: 4, rooms: ['a', 'cellar'], perSecond: 500, publications: 10 },
      thresholds: { maxFailed: 1 },
    });
    const report = await run(plan).report;
    expect(report).toMatchObject({
      connections: {
        ...{ joined: 2, failed: 2 },
        failures: { 'The server refused "join": {"ok":false}.': 2 },
      },
      deliveries: { expected: 10, delivered: 10, lossShare: 0 },
      passed: false,
    });
  });

  it('is none where nobody got in', async () => {
    const report = run(await planFor({ rooms: ['cellar'] })).report;
    await expect(report).rejects.toThrow(TargetError);
    await expect(report).rejects.toThrow('Nobody got in. The server refused "join"');
  });

  it('that is ended before it began is reported', async () => {
    const { report } = run(await planFor(), AbortSignal.abort());
    expect(await report).toMatchObject({
      ...{ interrupted: true, publications: null, connections: { joined: 0, failed: 0 } },
    });
  });
});
