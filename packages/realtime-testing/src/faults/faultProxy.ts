import type { Clock } from '@roomcast/realtime-contract';
import type { Fault } from './fault.ts';
import type { ScheduledFault } from './faultSchedule.ts';

/** A TCP proxy on loopback that breaks connections as a network does. */
export interface FaultProxy extends AsyncDisposable {
  readonly port: number;
  /** Connections that pass through at this moment. */
  readonly connections: number;
  /**
   * Lets faults happen to open and new connections until they are removed. Faults that are applied
   * together or one after the other are combined.
   *
   * @returns removes these faults; harmless when called twice
   */
  apply(...faults: readonly Fault[]): () => void;
  /**
   * Applies and removes faults as the schedule says, and resolves when the last one is removed or
   * the proxy is closed.
   *
   * @param options.signal - removes at once what is applied, and ends the run
   * @throws the reason of the signal
   */
  run(
    schedule: readonly ScheduledFault[],
    options?: { readonly signal?: AbortSignal },
  ): Promise<void>;
  /** Cuts every connection at once, on both sides, without a word. */
  cut(): void;
  /** Refuses new connections until `restore` is called; open ones are cut. */
  block(): void;
  /** Takes back `block`, and no other fault. */
  restore(): void;
  /** Harmless when called twice. */
  close(): Promise<void>;
}

export interface FaultProxyOptions {
  /** The time in which delays are measured and schedules run. @default the machine's clock */
  readonly clock?: Clock;
  /** Where the numbers of the jitter begin, so that a run can be repeated. @default 1 */
  readonly seed?: number;
}
