import { RoomcastError } from '@roomcast/realtime-contract';

/** How a server sends its clients away. Every field may be left out. */
export interface DrainOptions {
  /**
   * How long the server goes on as before once it has said that it is not ready, in milliseconds:
   * as long as a load balancer takes to notice.
   * @default 0
   */
  readonly readinessDelayMs?: number;
  /**
   * Over which time clients are sent away and come back, in milliseconds.
   * @default 5_000, or less where the deadline is sooner
   */
  readonly windowMs?: number;
  /**
   * In how many waves they are sent away, each as long after the last as the next. Of one wave every
   * client is told another delay, up to when the next one begins; with 1 all are sent away at once,
   * and told a delay within the whole window.
   * @default 20
   */
  readonly waves?: number;
  /**
   * The most that all of it may take, in milliseconds. Whoever is left shortly before that is sent
   * away at once, whatever is under way.
   * @default 5_000 more than the two delays
   */
  readonly deadlineMs?: number;
}

/** The options with nothing left open. */
export interface DrainPlan {
  readonly readinessDelayMs: number;
  readonly windowMs: number;
  readonly waves: number;
  readonly deadlineMs: number;
  /** When whoever is left is sent away, in milliseconds since the beginning. */
  readonly cutOffMs: number;
}

/** What became of a drain. */
export interface DrainResult {
  /** How many sessions were told when to come back, and are gone. */
  readonly drained: number;
  /** How many were still there when the time was over. */
  readonly cut: number;
  readonly durationMs: number;
}

/** What it takes to close everything behind the last client, in milliseconds. */
const closingMs = 1_500;

/** @throws RoomcastError `INVALID_CONFIG` */
export function resolveDrainOptions(options: DrainOptions = {}): DrainPlan {
  for (const name of ['readinessDelayMs', 'windowMs', 'deadlineMs'] as const) {
    const { [name]: value = 0 } = options;
    if (!(value >= 0 && value < 2 ** 31)) {
      throw invalid(
        `Expected \`${name}\` to be a number of milliseconds from 0, got \`${value}\`.`,
      );
    }
  }
  const { readinessDelayMs = 0, waves = 20 } = options;
  const leftMs = (options.deadlineMs ?? Number.POSITIVE_INFINITY) - readinessDelayMs;
  const windowMs = options.windowMs ?? Math.max(0, Math.min(5_000, leftMs / 2));
  const deadlineMs = options.deadlineMs ?? readinessDelayMs + windowMs + 5_000;
  if (!(Number.isInteger(waves) && waves > 0)) {
    throw invalid(`Expected \`waves\` to be a whole number from 1, got \`${waves}\`.`);
  }
  const cutOffMs = deadlineMs - Math.min(closingMs, deadlineMs / 4);
  if (readinessDelayMs + windowMs > cutOffMs) {
    throw invalid(
      `Expected \`deadlineMs\` to leave time behind ${readinessDelayMs + windowMs} ms of \`readinessDelayMs\` and \`windowMs\`, got \`${deadlineMs}\`. Make it ${closingMs} ms longer than both.`,
    );
  }
  return { readinessDelayMs, windowMs, waves, deadlineMs, cutOffMs };
}

function invalid(message: string): RoomcastError {
  return new RoomcastError('INVALID_CONFIG', message);
}
