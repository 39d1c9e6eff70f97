import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LoadPlan } from '../plan/loadPlan.ts';
import type { RunningWorker, StartWorker } from '../process/runningWorker.ts';
import type { LoadReport } from '../report/loadReport.ts';
import { connectAll } from './connectAll.ts';
import { drain } from './drain.ts';
import { connectPlans, publishPlan } from './planWorkers.ts';
import { endsOf, publishAll } from './publishAll.ts';
import { Sampler, type Totals } from './sampler.ts';
import { summarise } from './summarise.ts';

/** Where a run is. */
type Phase = 'connecting' | 'publishing' | 'watching' | 'draining';

export interface LoadProgress extends Totals {
  readonly phase: Phase;
  /** Since the start of the run. */
  readonly elapsedMs: number;
}

export interface LoadHost {
  readonly startWorker: StartWorker;
  /** Aborts when the user wants an end: the run stops, and is reported. */
  readonly signal: AbortSignal;
  onProgress(progress: LoadProgress): void;
}

/**
 * Connects, publishes, waits for what is on its way, and says what came of it.
 *
 * @throws TargetError where nobody got in, or nothing can be published; the reason why a worker is
 * gone, as soon as it is
 */
export async function runLoad(plan: LoadPlan, host: LoadHost): Promise<LoadReport> {
  const run = randomBytes(6).toString('hex');
  const startedAt = new Date().toISOString();
  const shares = connectPlans(plan, run);
  const publishing = publishPlan(plan, run);
  const workers: RunningWorker[] = [];
  const broken = new AbortController();
  const signal = AbortSignal.any([host.signal, broken.signal]);
  let phase: Phase = 'connecting';
  let sampler: Sampler | null = null;
  try {
    const count = shares.length + (publishing ? 1 : 0);
    for (let index = 0; index < count; index += 1) {
      const worker = await host.startWorker();
      workers.push(worker);
      void worker.lost.then((reason) => broken.abort(reason));
    }
    const subscribers = workers.slice(0, shares.length);
    const publisher = workers[shares.length];
    const counts = new Sampler(workers, (totals) =>
      host.onProgress({ ...totals, phase, elapsedMs: counts.elapsedMs }),
    );
    sampler = counts;
    const stopAll = () => workers.forEach(({ calls }) => void calls.stop().catch(() => {}));
    signal.addEventListener('abort', stopAll, { once: true });
    if (signal.aborted) stopAll();

    const connected = await connectAll(subscribers, shares, counts);
    const canPublish = publishing && publisher && !signal.aborted;
    if (canPublish) await pause(plan.settleMs, signal);
    phase = publishing ? 'publishing' : 'watching';
    const heldFromMs = counts.beginMeasuring();
    const published = canPublish ? await publishAll(publisher, publishing) : null;
    await pause(plan.durationMs - (counts.elapsedMs - heldFromMs), signal);
    phase = 'draining';
    const ends = await endsOf(subscribers, published);
    await drain({ counts, ends, members: connected.members, maxMs: plan.drainMs });
    const totals = await counts.take();
    const compared = await Promise.all(subscribers.map(({ calls }) => calls.compare(ends)));
    return summarise(plan, {
      ...{ startedAt, heldFromMs, connected, published, totals, compared },
      ...{ counts, interrupted: host.signal.aborted },
    });
  } catch (error) {
    // Whatever failed then failed of this.
    throw broken.signal.aborted ? broken.signal.reason : error;
  } finally {
    sampler?.stop();
    await Promise.all(workers.map((worker) => worker.end()));
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0) await sleep(ms, undefined, { signal }).catch(() => {});
}
