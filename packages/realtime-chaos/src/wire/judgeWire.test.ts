import { describe, expect, it } from 'vitest';
import type { ServerReport } from './fuzzedServer.ts';
import { newFuzzRecord } from './fuzzRecord.ts';
import { judgeNeighbour, judgeServer } from './judgeWire.ts';

const sound: ServerReport = {
  ...{ uncaught: [], reported: {}, handlerRuns: 1, unsound: [], polluted: [], packets: 100 },
};
const record = { ...newFuzzRecord(), frames: 100 };

describe('a server under fire', () => {
  it('is sound where nothing speaks against it', () => {
    expect(judgeServer(sound, record)).toEqual([]);
  });

  it.each<[string, Partial<ServerReport>]>([
    ['something was not caught', { uncaught: ['Error'] }],
    ['a handler was given what its schema refuses', { unsound: ['{}'] }],
    ['all objects have another name', { polluted: ['x'] }],
    ['no handler has run', { handlerRuns: 0 }],
    ['hardly anything was read', { packets: 69 }],
  ])('is not where %s', (_, change) => {
    expect(judgeServer({ ...sound, ...change }, record)).toHaveLength(1);
  });

  it('is not where it neither answers nor hangs up', () => {
    expect(judgeServer(sound, { ...record, silent: ['42'] })).toHaveLength(1);
  });
});

describe('the neighbour', () => {
  const window = (ms: number) => Array.from({ length: 100 }, () => ms);

  it('may wait twice as long as in quiet, by the median of the windows', () => {
    const times = { quiet: [window(1), window(1)], underFire: [window(2), window(50), window(1)] };
    expect(judgeNeighbour(times, true)).toEqual({
      failures: [],
      figures: { neighbourQuietP99Ms: 1, neighbourUnderFireP99Ms: 2, neighbourRatio: 2 },
    });
  });

  it('may not wait longer at the full scale, and not for ever below it', () => {
    const times = { quiet: [window(1)], underFire: [window(2.1)] };
    expect(judgeNeighbour(times, true).failures).toEqual([
      { message: 'a neighbour waits 2.10 ms under fire, p99, and 1.00 ms in quiet' },
    ]);
    expect(judgeNeighbour(times, false).failures).toEqual([]);
    const slow = { quiet: [window(1)], underFire: [window(251)] };
    expect(judgeNeighbour(slow, false).failures).toHaveLength(1);
  });

  it('has waited for ever where it was never answered', () => {
    expect(judgeNeighbour({ quiet: [window(1)], underFire: [[]] }, true).failures).toHaveLength(1);
  });
});
