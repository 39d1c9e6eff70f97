import { expect, it } from 'vitest';
import { readRedisFigures } from './redisFigures.ts';

const info = (cpu: number, calls: Readonly<Record<string, number>>) =>
  [
    ...['# CPU', `used_cpu_sys:${cpu}.5`, `used_cpu_user:${cpu}.25`, 'used_cpu_sys_children:9.0'],
    `total_net_output_bytes:${cpu}000`,
    ...Object.entries(calls).map(
      ([name, count]) => `cmdstat_${name}:calls=${count},usec=5,usec_per_call=1.00`,
    ),
  ].join('\r\n');

it('what clients send and what scripts run are told apart, and measuring is left out', () => {
  const before = info(1, { evalsha: 10, hset: 10, spublish: 10, info: 5 });
  const after = info(3, {
    ...{ evalsha: 110, hset: 110, spublish: 114, xadd: 100, ping: 1 },
    ...{ info: 6, keys: 1, 'memory|usage': 3, 'script|load': 3 },
  });
  expect(readRedisFigures(before, after, 100)).toEqual({
    cpuMs: 4_000,
    clientCommands: 100 + 4 + 1 + 3,
    scriptCommands: 100 + 100 + 100,
    outputBytes: 2_000,
  });
});
