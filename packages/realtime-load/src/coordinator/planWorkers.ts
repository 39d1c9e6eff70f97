import type { ConnectPlan } from '../plan/connectPlan.ts';
import type { LoadPlan } from '../plan/loadPlan.ts';
import type { PublishPlan } from '../plan/publishPlan.ts';

/** Deals the connections out to the processes, and to the rooms in turn. */
export function connectPlans(plan: LoadPlan, run: string): readonly ConnectPlan[] {
  const { target, rooms, connections, connectsPerSecond, tokens } = plan;
  const workers = Math.min(plan.workers, connections);
  return Array.from({ length: workers }, (_, worker) => {
    const count = Math.ceil((connections - worker) / workers);
    const members = Array.from({ length: count }, (_, index) => {
      const number = worker + index * workers;
      return { room: number % rooms.length, token: tokenOf(tokens, number) };
    });
    return {
      ...{ target, run, rooms, members, observes: plan.publishing === null },
      connectsPerSecond: connectsPerSecond / workers,
    };
  });
}

/** What the process that publishes has to do; null where nothing is published. */
export function publishPlan(plan: LoadPlan, run: string): PublishPlan | null {
  const { target, rooms, publishing, perSecond, publications, payloadBytes, tokens } = plan;
  if (!publishing) return null;
  const publishers = Math.min(plan.publishers, rooms.length);
  return {
    ...{ target, run, rooms, publishing, payloadBytes },
    schedule: { perSecond, publications, rooms: rooms.length },
    tokens: Array.from({ length: publishers }, (_, index) => tokenOf(tokens, index)),
  };
}

function tokenOf(tokens: readonly string[], index: number): string | null {
  return tokens[index % tokens.length] ?? null;
}
