import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { arch, availableParallelism, cpus, release, totalmem, type } from 'node:os';
import type { BunRuntime } from '../peers/findBun.ts';

/** What figures were measured on, and with. */
export interface Provenance {
  /** Such as `2026-05-04`. */
  readonly date: string;
  /** Processor, memory and system in one line. */
  readonly machine: string;
  /** By name. */
  readonly versions: Readonly<Record<string, string>>;
}

export function describeProvenance(bun: BunRuntime | null): Provenance {
  const model = cpus()[0]?.model.trim() || arch();
  const memoryGiB = Math.round(totalmem() / 2 ** 30);
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: `${availableParallelism()} × ${model}, ${memoryGiB} GiB, ${type()} ${release()}`,
    versions: {
      Node: process.versions.node,
      'Socket.IO': versionOf('socket.io'),
      ws: versionOf('ws'),
      ...(bun && { Bun: bun.version }),
      ...redisVersion(),
    },
  };
}

function versionOf(name: string): string {
  return createRequire(import.meta.url)(`${name}/package.json`).version;
}

/** Of the `redis-server` of the machine, where it has one. */
function redisVersion(): { readonly Redis?: string } {
  const { stdout } = spawnSync('redis-server', ['--version'], { encoding: 'utf8' });
  const [, version] = /v=(\S+)/.exec(stdout ?? '') ?? [];
  return version === undefined ? {} : { Redis: version };
}
