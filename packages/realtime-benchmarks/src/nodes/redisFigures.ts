/** What a Redis has done in a while. */
export interface RedisFigures {
  /** User and system time of all its threads. */
  readonly cpuMs: number;
  /** Commands that came from clients, but for those that measure. */
  readonly clientCommands: number;
  /** Commands that scripts have run. */
  readonly scriptCommands: number;
  /** What it has written to its clients. */
  readonly outputBytes: number;
}

/** Commands of clients, which no script runs. */
const clientOnly = /^(evalsha|eval|ping|script\|.*|ssubscribe|sunsubscribe|hello|client\|.*)$/;

/** What the measuring itself asks. */
const measuring = /^(info|memory\|usage|keys)$/;

/** A script runs it once for each publication; clients do to probe their connections. */
const news = 'spublish';

/**
 * What happened between two answers of `INFO everything`. Redis counts what scripts run like what
 * clients send, so that commands are told apart by their names.
 *
 * @param publications - how many were appended meanwhile
 */
export function readRedisFigures(
  before: string,
  after: string,
  publications: number,
): RedisFigures {
  const grown = (name: string) => fieldOf(after, name) - fieldOf(before, name);
  const calls = callsBetween(before, after).filter(([name]) => !measuring.test(name));
  const fromClients = calls
    .filter(([name]) => clientOnly.test(name))
    .reduce((total, [, count]) => total + count, 0);
  const probes = (calls.find(([name]) => name === news)?.[1] ?? 0) - publications;
  const all = calls.reduce((total, [, count]) => total + count, 0);
  return {
    cpuMs: (grown('used_cpu_user') + grown('used_cpu_sys')) * 1_000,
    clientCommands: fromClients + probes,
    scriptCommands: all - fromClients - probes,
    outputBytes: grown('total_net_output_bytes'),
  };
}

function fieldOf(info: string, name: string): number {
  return Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(info)?.[1]);
}

function callsBetween(before: string, after: string): readonly (readonly [string, number])[] {
  const earlier = callsOf(before);
  return [...callsOf(after)].map(([name, count]) => [name, count - (earlier.get(name) ?? 0)]);
}

function callsOf(info: string): ReadonlyMap<string, number> {
  const found = info.matchAll(/^cmdstat_([^:]+):calls=(\d+)/gm);
  return new Map([...found].map(([, name = '', calls]) => [name, Number(calls)]));
}
