import { join } from 'node:path';

/** What the environment decides. */
export interface Settings {
  readonly port: number;
  readonly host: string;
  readonly database: string;
  readonly secret: string | undefined;
  readonly webhookSecret: string | undefined;
  /** The Redis that has the log of the rooms; undefined for one in this process. */
  readonly redisUrl: string | undefined;
  /** How often faster than it was the recorded day is played; null for not at all. */
  readonly replaySpeed: number | null;
}

const maxReplaySpeed = 100;
const defaultDatabase = join(import.meta.dirname, '..', '.data', 'ticketing.sqlite');

/** Reads the environment. @throws Error that names the variable and what it may hold */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  return {
    port: readPort(env.PORT),
    host: env.HOST || '127.0.0.1',
    database: env.TICKETING_DB || defaultDatabase,
    secret: readSecret(env.TICKETING_SECRET),
    webhookSecret: env.TICKETING_WEBHOOK_SECRET || undefined,
    redisUrl: env.REDIS_URL || undefined,
    replaySpeed: env.REPLAY === 'off' ? null : readSpeed(env.REPLAY_SPEED),
  };
}

function readPort(value: string | undefined): number {
  if (!value) return 3000;
  const port = Number(value);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Error(`Expected PORT to be a whole number from 0 to 65535, got "${value}".`);
}

function readSecret(value: string | undefined): string | undefined {
  if (!value || Buffer.byteLength(value) >= 32) return value || undefined;
  throw new Error('Expected TICKETING_SECRET to have at least 32 bytes.');
}

function readSpeed(value: string | undefined): number {
  if (!value) return 1;
  const speed = Number(value);
  if (speed > 0 && speed <= maxReplaySpeed) return speed;
  throw new Error(
    `Expected REPLAY_SPEED to be a number above 0 and up to ${maxReplaySpeed}, got "${value}".`,
  );
}
