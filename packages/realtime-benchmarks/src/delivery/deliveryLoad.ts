import { createHistogram } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import type { Part } from '@roomcast/realtime-processes';
import { signTokens } from '../load/signTokens.ts';
import { createMeter } from '../peers/meter.ts';
import {
  type OpenSubscribersOptions,
  openSubscribers,
  type Subscribers,
  type Totals,
} from './openSubscribers.ts';

/** What all subscribers got since the meter was started. */
export interface Deliveries extends Totals {
  /** From publishing to the handler, where publications say when they were published. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** From when a publication was due: a publisher that cannot keep its pace is late for everybody. */
  readonly dueP99Ms: number;
  readonly loadCpuMs: number;
}

export interface WhenDeliveredOptions {
  /** How many publications each subscriber must have, from the first one on. */
  readonly count: number;
  readonly timeoutMs: number;
}

export interface DeliveryLoad extends Part {
  /** Signs the tokens, outside of what is measured. */
  prepare(options: { readonly secret: string; readonly count: number }): Promise<void>;
  /** Connects and subscribes all. @returns how messages come: as text, or what was agreed */
  open(options: OpenSubscribersOptions): Promise<string>;
  startMeter(): void;
  /** Waits until every subscriber has had every publication exactly once. */
  whenDelivered(options: WhenDeliveredOptions): Promise<Deliveries>;
  close(): void;
}

const pollMs = 10;
/** How long to listen for what should not come. */
const quietMs = 30;

export function createPart(): DeliveryLoad {
  const meter = createMeter();
  const latencies = createHistogram();
  const dueLatencies = createHistogram();
  let subscribers: Subscribers | undefined;
  let tokens: readonly string[] = [];
  let before: Totals = { publications: 0, messages: 0, bytes: 0 };

  const current = () => {
    if (!subscribers) throw new Error('Call `open` first.');
    return subscribers;
  };
  return {
    async prepare({ secret, count }) {
      tokens = await signTokens(secret, count);
    },
    async open(options) {
      subscribers = await openSubscribers(tokens, options, (ms, lateMs) => {
        latencies.record(toWholeUs(ms));
        dueLatencies.record(toWholeUs(ms + lateMs));
      });
      return subscribers.agreed;
    },
    startMeter() {
      before = current().totals();
      latencies.reset();
      dueLatencies.reset();
      meter.start();
    },
    async whenDelivered(options) {
      await waitForAll(current(), options);
      const { cpuMs: loadCpuMs } = meter.stop();
      const { publications, messages, bytes } = current().totals();
      await setTimeout(quietMs);
      current().check();
      const [, most] = current().range();
      if (most > options.count) {
        throw new Error(`A subscriber has ${most} of ${options.count} events.`);
      }
      return {
        publications: publications - before.publications,
        messages: messages - before.messages,
        bytes: bytes - before.bytes,
        p50Ms: latencies.percentile(50) / 1_000,
        p99Ms: latencies.percentile(99) / 1_000,
        dueP99Ms: dueLatencies.percentile(99) / 1_000,
        loadCpuMs,
      };
    },
    close() {
      subscribers?.close();
      subscribers = undefined;
    },
  };
}

/** A histogram counts whole numbers from 1. */
function toWholeUs(ms: number): number {
  return Math.max(1, Math.round(ms * 1_000));
}

async function waitForAll(
  subscribers: Subscribers,
  { count, timeoutMs }: WhenDeliveredOptions,
): Promise<void> {
  const startedAtMs = performance.now();
  for (let [least] = subscribers.range(); least < count; [least] = subscribers.range()) {
    subscribers.check();
    if (performance.now() - startedAtMs > timeoutMs) {
      throw new Error(`After ${timeoutMs} ms a subscriber has ${least} of ${count} events.`);
    }
    await setTimeout(pollMs);
  }
}
