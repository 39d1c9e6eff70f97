import { monitorEventLoopDelay } from 'node:perf_hooks';

/** What a process did between two moments. */
export interface Measured {
  /** User and system time of the process. */
  readonly cpuMs: number;
  /** What of it was the kernel's. */
  readonly systemMs: number;
  /** The longest that the event loop was held up. */
  readonly longestBlockMs: number;
}

/** How often the event loop is looked at. */
const resolutionMs = 5;

/** Measures the process that it is in. */
export function createMeter(): { start(): void; stop(): Measured } {
  const delays = monitorEventLoopDelay({ resolution: resolutionMs });
  let cpu = process.cpuUsage();
  return {
    start() {
      delays.enable();
      delays.reset();
      cpu = process.cpuUsage();
    },
    stop() {
      const { user, system } = process.cpuUsage(cpu);
      delays.disable();
      // What is recorded is the time between two looks.
      const longestBlockMs = Math.max(0, delays.max / 1_000_000 - resolutionMs);
      return { cpuMs: (user + system) / 1_000, systemMs: system / 1_000, longestBlockMs };
    },
  };
}
