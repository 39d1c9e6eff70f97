import { constants } from 'node:os';
import {
  type DrainOptions,
  type DrainPlan,
  type DrainResult,
  resolveDrainOptions,
} from './drainOptions.ts';

/** What is drained, such as a `WebSocketManager`. */
export interface Drainable {
  drain(options?: DrainOptions): Promise<DrainResult>;
}

/** How a process ends when it is told to. */
export interface DrainOnSignalsOptions extends DrainOptions {
  /** @default ['SIGTERM', 'SIGINT'] */
  readonly signals?: readonly NodeJS.Signals[];
  /**
   * Closes what else is open, such as the broker, once the clients are gone. The deadline holds for
   * it too.
   */
  readonly onDrained?: (result: DrainResult) => unknown;
  /** Receives what went wrong. @default it is thrown, as any error that nobody handles */
  readonly onError?: (error: unknown) => void;
}

/**
 * Drains on the first signal and ends the process: with 0 when all is done, with 1 where something
 * failed or the deadline has passed. A second signal ends it at once, with 128 and its number.
 *
 * @returns a function that takes the handlers away, harmless when called twice
 * @throws RoomcastError `INVALID_CONFIG`, at once and not when the signal comes
 *
 * @example
 * drainOnSignals(manager, { onDrained: () => broker.close() });
 */
export function drainOnSignals(
  manager: Drainable,
  options: DrainOnSignalsOptions = {},
): () => void {
  const { signals = ['SIGTERM', 'SIGINT'], onDrained, onError } = options;
  const plan: DrainPlan = resolveDrainOptions(options);
  let isDraining = false;

  async function shutDown(): Promise<void> {
    const timer = setTimeout(() => process.exit(1), plan.deadlineMs);
    try {
      const { readinessDelayMs, windowMs, waves, deadlineMs } = plan;
      await onDrained?.(await manager.drain({ readinessDelayMs, windowMs, waves, deadlineMs }));
    } catch (error) {
      // Thrown from here it ends the process as well, and is printed.
      if (!onError) throw error;
      onError(error);
      process.exit(1);
    }
    clearTimeout(timer);
    process.exit(0);
  }

  function onSignal(signal: NodeJS.Signals): void {
    if (isDraining) process.exit(128 + constants.signals[signal]);
    isDraining = true;
    void shutDown();
  }

  for (const signal of signals) process.on(signal, onSignal);
  return () => {
    for (const signal of signals) process.off(signal, onSignal);
  };
}
