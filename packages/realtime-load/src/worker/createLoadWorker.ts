import { performance } from 'node:perf_hooks';
import type { PublishPlan } from '../plan/publishPlan.ts';
import { openPublisher } from '../publishers/openPublisher.ts';
import type { Publisher } from '../publishers/publisher.ts';
import { publishOnSchedule } from '../publishers/publishOnSchedule.ts';
import { connectMembers } from '../subscribers/connectMembers.ts';
import { Members } from '../subscribers/members.ts';
import type { LoadWorker } from './loadWorker.ts';

/** The load of one process. */
export function createLoadWorker(): LoadWorker {
  const members = new Members();
  const stopped = new AbortController();
  let publishing: { readonly plan: PublishPlan; readonly publisher: Publisher } | null = null;
  let published = 0;
  let utilisation = performance.eventLoopUtilization();

  return {
    connect: (plan) => connectMembers(plan, members, stopped.signal),

    async preparePublishing(plan) {
      publishing = { plan, publisher: await openPublisher(plan) };
    },

    async publish() {
      if (!publishing) throw new Error('There is nothing to publish with.');
      const { plan, publisher } = publishing;
      return publishOnSchedule(plan, publisher, {
        signal: stopped.signal,
        onSent: () => {
          published += 1;
        },
      });
    },

    sample() {
      const now = performance.eventLoopUtilization();
      const { utilization: busyShare } = performance.eventLoopUtilization(now, utilisation);
      utilisation = now;
      return { ...members.sample(), published, busyShare, memoryBytes: process.memoryUsage.rss() };
    },

    highest: () => members.highest(),
    compare: (ends) => members.compare(ends),
    stop: () => stopped.abort(),

    close() {
      stopped.abort();
      members.close();
      publishing?.publisher.close();
    },
  };
}
