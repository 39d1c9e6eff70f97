import { createLogUpdate } from 'log-update';
import type { LoadProgress } from '../coordinator/runLoad.ts';
import type { LoadPlan } from '../plan/loadPlan.ts';

/** A stream of the process. */
export type Output = NodeJS.WritableStream & {
  readonly isTTY?: boolean;
  readonly columns?: number;
};

/** Shows how far a run has come. */
export interface Progress {
  show(progress: LoadProgress): void;
  /** Leaves the terminal to what is printed next. */
  end(): void;
}

const barWidth = 30;
/** Between two lines where none can be rewritten, so that a log stays readable. */
const logIntervalMs = 5_000;

/** Bars that are redrawn on a terminal; elsewhere a line now and then. */
export function createProgress(output: Output, plan: LoadPlan): Progress {
  if (output.isTTY !== true) return createLines(output, plan);
  const update = createLogUpdate(output as NodeJS.WriteStream);
  return {
    show: (progress) => update(bars(plan, progress).join('\n')),
    end: () => update.clear(),
  };
}

function createLines(output: Output, plan: LoadPlan): Progress {
  let shownAtMs = Number.NEGATIVE_INFINITY;
  let shownPhase = '';
  return {
    show(progress) {
      const { elapsedMs, phase } = progress;
      if (phase === shownPhase && elapsedMs - shownAtMs < logIntervalMs) return;
      shownAtMs = elapsedMs;
      shownPhase = phase;
      output.write(`${line(plan, progress)}\n`);
    },
    end: () => {},
  };
}

function line({ connections, publishing, publications }: LoadPlan, progress: LoadProgress): string {
  const { phase, elapsedMs, joined, failed, published, delivered } = progress;
  return [
    `${(elapsedMs / 1_000).toFixed(0)} s ${phase}: ${joined} of ${connections} in`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(publishing ? [`${published} of ${publications} published`] : []),
    `${delivered} delivered`,
  ].join(', ');
}

function bars(plan: LoadPlan, progress: LoadProgress): readonly string[] {
  const { connections, publishing, publications, rooms } = plan;
  const { joined, failed, reconnects, published, delivered, elapsedMs, phase } = progress;
  const toCome = Math.round((publications * joined) / rooms.length);
  return [
    bar('connected', joined, connections),
    ...(publishing ? [bar('published', published, publications)] : []),
    publishing ? bar('delivered', delivered, toCome) : `delivered  ${count(delivered)}`,
    `${phase}, ${(elapsedMs / 1_000).toFixed(0)} s; ${failed} failed, ${reconnects} reconnects`,
  ];
}

function bar(label: string, done: number, total: number): string {
  const share = total > 0 ? Math.min(1, done / total) : 0;
  const full = Math.round(share * barWidth);
  const drawn = `${'█'.repeat(full)}${'░'.repeat(barWidth - full)}`;
  return `${label.padEnd(10)} ${drawn} ${count(done)} of ${count(total)}`;
}

function count(number: number): string {
  return number.toLocaleString('en');
}
