import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LoadPlan } from '../plan/loadPlan.ts';
import type { Publishing } from '../plan/publishing.ts';
import type { Target } from '../plan/target.ts';
import type { Thresholds } from '../report/thresholds.ts';
import type { LoadRequest } from './loadCommands.ts';
import type { OptionValues } from './optionValues.ts';
import { resolvePublishing } from './resolvePublishing.ts';
import { UsageError } from './usageError.ts';

const connectionsPerWorker = 2_500;

/** What a plan needs that is no option. */
export interface PlanInputs {
  /** The target: that of `--url`, or the demo server. */
  readonly url: string;
  readonly tokens: readonly string[];
  /** What POSTs are signed with; null for not at all. */
  readonly webhookSecret: string | null;
}

/** Puts options and scenario together. @throws UsageError where they do not fit */
export function resolvePlan({ scenario, options }: LoadRequest, inputs: PlanInputs): LoadPlan {
  const connections = options.connections ?? scenario.connections;
  const durationMs = options.duration ?? scenario.durationMs;
  const perSecond = options.rate ?? scenario.perSecond;
  const isOther = options.rate !== undefined || options.duration !== undefined;
  const byRate = Math.max(1, Math.round((perSecond * durationMs) / 1_000));
  const publishing = resolvePublishing({ scenario, options }, inputs);
  return {
    scenario: scenario.name,
    target: resolveTarget(options, inputs.url),
    rooms: resolveRooms(options.room ?? scenario.room, options.rooms),
    ...{ connections, connectsPerSecond: options.ramp, publishing, perSecond, durationMs },
    publications: isOther ? byRate : (scenario.publications ?? byRate),
    payloadBytes: options.payload,
    publishers: options.publishers,
    settleMs: options.settle,
    drainMs: options.drain,
    workers: options.workers ?? Math.ceil(connections / connectionsPerWorker),
    tokens: inputs.tokens,
    thresholds: resolveThresholds(scenario.thresholds, options, publishing),
  };
}

function resolveTarget(options: OptionValues, url: string): Target {
  const { target: kind, path, namespace, transports, contract, joinEvent, joinInput } = options;
  if (kind === 'roomcast' && joinEvent !== undefined) {
    throw new UsageError('`--join-event` is for stock servers: add `--target socket.io`.');
  }
  return {
    ...{ kind, url, path, namespace, transports },
    contract: contract === undefined ? null : pathToFileURL(resolve(contract)).href,
    join: joinEvent === undefined ? null : { event: joinEvent, input: joinInput },
    acknowledges: options.acks ?? false,
  };
}

function resolveRooms(room: string, count: number): readonly string[] {
  if (count > 1 && !room.includes('{n}')) {
    throw new UsageError(`${count} rooms need \`{n}\` in \`--room\`, got "${room}".`);
  }
  return Array.from({ length: count }, (_, index) => room.replaceAll('{n}', String(index + 1)));
}

function resolveThresholds(
  defaults: Thresholds,
  options: OptionValues,
  publishing: Publishing | null,
): Thresholds {
  const { maxP50, maxP95, maxP99, maxLoss, maxDuplicates } = options;
  const { maxOutOfOrder, maxReconnects, maxFailed } = options;
  const given = { maxP50, maxP95, maxP99, maxLoss, maxDuplicates };
  const all = { ...given, maxOutOfOrder, maxReconnects, maxFailed };
  const set = Object.fromEntries(Object.entries(all).filter(([, limit]) => limit !== undefined));
  // Where nothing is published, loss is judged only when it is asked for.
  const { maxLoss: _, ...watching } = defaults;
  return { ...(publishing ? defaults : watching), ...set };
}
