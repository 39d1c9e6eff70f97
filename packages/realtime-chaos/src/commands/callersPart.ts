import { setTimeout } from 'node:timers/promises';
import { createRealtimeClient, type RealtimeClient } from '@roomcast/realtime-client';
import { isRoomcastError } from '@roomcast/realtime-contract';
import type { Part } from '@roomcast/realtime-processes';
import { type FaultProxy, startFaultProxy } from '@roomcast/realtime-testing';
import { commandsContract } from './commandsContract.ts';

/** How long a caller waits for an answer before it calls again, in milliseconds. */
const timeoutMs = 1_000;
/** Beyond which a promise counts as one that never settles. */
const unsettledMs = timeoutMs + 5_000;
const retryMs = 50;
/** For so long a caller tries, which is far beyond a lease. */
const patienceMs = 60_000;

/** After which a call is to be made again with its key. */
const retryable = new Set(['NOT_CONNECTED', 'CONNECTION_LOST', 'ACTION_TIMEOUT', 'INTERNAL']);

/** What the callers have seen. */
export interface CallsRecord {
  /** Receipts by key. */
  readonly receipts: ReadonlyMap<string, string>;
  /** Answers that were not the expected ones, or never came. */
  readonly problems: readonly string[];
  /** How often each code was the reason to call again. */
  readonly retries: Readonly<Record<string, number>>;
  /** The longest that a promise took to settle, in milliseconds. */
  readonly longestCallMs: number;
}

/** A process with callers in it, each behind a network of its own. */
export type CallersPart = Part & {
  open(callers: number): Promise<void>;
  /** Where connections lead from now on, in turn. */
  route(ports: readonly number[]): void;
  /** Calls so many actions, some of each caller at once, until each has its receipt. */
  call(order: { readonly count: number; readonly atOnce: number }): Promise<CallsRecord>;
  done(): number;
  cut(caller: number): void;
};

interface Caller {
  readonly client: RealtimeClient<typeof commandsContract>;
  readonly proxy: FaultProxy;
}

export function createPart(): CallersPart {
  const callers: Caller[] = [];
  const receipts = new Map<string, string>();
  const problems: string[] = [];
  const retries: Record<string, number> = {};
  let ports: readonly number[] = [];
  let turn = 0;
  let longestCallMs = 0;

  /** One promise of the client, which has to settle. */
  async function attempt({ client }: Caller, key: string): Promise<string> {
    const startedAtMs = performance.now();
    const late = new AbortController();
    const unsettled = setTimeout(unsettledMs, null, { signal: late.signal });
    unsettled.catch(() => {});
    const options = { idempotencyKey: key, timeoutMs };
    try {
      const call = client.call('sell', { seat: key }, options);
      const output = await Promise.race([call, unsettled]);
      if (output) return output.receipt;
      throw new Error(`${key} did not settle`);
    } finally {
      late.abort();
      longestCallMs = Math.max(longestCallMs, performance.now() - startedAtMs);
    }
  }

  async function callUntilDone(caller: Caller, key: string): Promise<void> {
    const startedAtMs = performance.now();
    for (;;) {
      try {
        receipts.set(key, await attempt(caller, key));
        return;
      } catch (error) {
        const code = isRoomcastError(error) ? error.code : String(error);
        const isTired = performance.now() - startedAtMs > patienceMs;
        if (!retryable.has(code) || isTired) {
          problems.push(`${key}: ${code}`);
          return;
        }
        retries[code] = (retries[code] ?? 0) + 1;
      }
      await setTimeout(retryMs);
    }
  }

  return {
    async open(count) {
      for (let index = 0; index < count; index += 1) {
        const proxy = await startFaultProxy(() => {
          turn += 1;
          return ports[turn % ports.length] ?? 0;
        });
        const client = createRealtimeClient({
          ...{ contract: commandsContract, env: {}, transports: ['websocket'] },
          url: `http://127.0.0.1:${proxy.port}`,
          backoff: { minDelayMs: 50, maxDelayMs: 1_000 },
          getToken: () => `caller-${index}`,
        });
        client.connect();
        callers.push({ client, proxy });
      }
    },
    route(to) {
      ports = to;
    },
    async call({ count, atOnce }) {
      let begun = 0;
      const lanes = callers.flatMap((caller) =>
        Array.from({ length: atOnce }, async () => {
          while (begun < count) {
            begun += 1;
            await callUntilDone(caller, `sale-${begun}`);
          }
        }),
      );
      await Promise.all(lanes);
      return { receipts, problems, retries, longestCallMs };
    },
    done: () => receipts.size,
    cut: (caller) => callers[caller]?.proxy.cut(),
  };
}
