import type { Clock, ReportError } from '@roomcast/realtime-contract';
import { createId } from '../createId.ts';
import type { Revocations } from '../session/revocations.ts';
import type { AskOptions, Cluster } from './cluster.ts';
import { type ClusterSettings, controlLogBounds } from './clusterOptions.ts';
import { ClusterQuestions, type Question } from './clusterQuestions.ts';
import { CommandLog } from './commandLog.ts';
import { Heartbeats } from './heartbeats.ts';
import type { LocalNode } from './localNode.ts';
import { RevocationLog } from './revocationLog.ts';
import { SupersededSessions } from './supersededSessions.ts';

export interface SharedClusterOptions {
  readonly settings: ClusterSettings;
  readonly local: LocalNode;
  readonly revocations: Revocations;
  readonly revocationRetentionMs: number;
  readonly clock: Clock;
  readonly report: ReportError;
}

/**
 * This node's share in a cluster whose nodes have one control log.
 *
 * @throws what opens the log throws
 */
export function joinCluster(options: SharedClusterOptions): Cluster {
  const { settings, local, clock, report, revocations } = options;
  const nodeId = createId();
  const log = settings.openLog(controlLogBounds(settings, options.revocationRetentionMs));
  const closing = new AbortController();
  const host = { nodeId, log, local, clock, report, closing: closing.signal };
  const { maxRevocations, nodeName, leaseMs, heartbeatIntervalMs: intervalMs } = settings;
  const revocationLog = new RevocationLog({ ...host, revocations, maxRevocations });
  const commands = new CommandLog(host);
  const superseded = new SupersededSessions(host);
  const heartbeats = new Heartbeats({ ...host, nodeName, leaseMs, intervalMs });
  const questions = new ClusterQuestions(host);
  // The inbox before the first sign of life, which has others ask.
  for (const part of [questions, revocationLog, commands, superseded, heartbeats]) part.start();

  const ask = <Value>(
    question: Pick<Question<Value>, 'name' | 'own' | 'parse'>,
    { timeoutMs = settings.answerTimeoutMs }: AskOptions = {},
  ) => questions.ask({ ...question, timeoutMs, nodes: heartbeats.others() });

  return {
    nodeId,
    nodes: () => [heartbeats.self(), ...heartbeats.others()],
    connectionCounts: (asking) =>
      ask({ name: 'connection-count', own: local.connectionCount(), parse: parseCount }, asking),
    activeRooms: (asking) =>
      ask({ name: 'active-rooms', own: local.activeRooms(), parse: parseRooms }, asking),
    revocationsKnown: () => revocationLog.loading ?? undefined,
    announce: (revocation) => revocationLog.announce(revocation),
    command: (command) => commands.write(command),
    supersede: (digest, userId) => superseded.tell(digest, userId),
    async close() {
      closing.abort();
      superseded.close();
      heartbeats.close();
      await log.close();
    },
  };
}

function parseCount(answer: unknown): number | null {
  return typeof answer === 'number' ? answer : null;
}

function parseRooms(answer: unknown): readonly string[] | null {
  const isRooms = Array.isArray(answer) && answer.every((room) => typeof room === 'string');
  return isRooms ? answer : null;
}
