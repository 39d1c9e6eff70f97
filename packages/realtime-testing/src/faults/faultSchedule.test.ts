import { describe, expect, it } from 'vitest';
import { eventually } from '../fakes/eventually.ts';
import { startTcpStage } from '../fakes/startTcpStage.ts';
import { turns } from '../fakes/turns.ts';
import { blackHole } from './blackHole.ts';
import type { Fault } from './fault.ts';
import { faultSchedule, type ScheduledFault } from './faultSchedule.ts';
import { latency } from './latency.ts';

const faults = [latency({ delayMs: 100 }), blackHole({ direction: 'toServer' })];

describe('faultSchedule', () => {
  it('draws the same faults from the same seed, also in later versions', () => {
    const schedule = faultSchedule({ seed: 7, durationMs: 1_000, count: 3, faults });
    expect(schedule).toEqual(faultSchedule({ seed: 7, durationMs: 1_000, count: 3, faults }));
    expect(schedule).toMatchInlineSnapshot(`
      [
        {
          "atMs": 71,
          "fault": {
            "delayMs": 100,
            "direction": "both",
            "jitterMs": 0,
            "kind": "latency",
          },
          "forMs": 153,
        },
        {
          "atMs": 302,
          "fault": {
            "delayMs": 100,
            "direction": "both",
            "jitterMs": 0,
            "kind": "latency",
          },
          "forMs": 148,
        },
        {
          "atMs": 884,
          "fault": {
            "delayMs": 100,
            "direction": "both",
            "jitterMs": 0,
            "kind": "latency",
          },
          "forMs": 107,
        },
      ]
    `);
  });

  it('draws others from another seed', () => {
    const drawn = [1, 2, 3].map((seed) => JSON.stringify(faultSchedule({ seed, durationMs: 100 })));
    expect(new Set(drawn).size).toBe(3);
  });

  it('draws as many as it is told, in order, none longer than allowed, all over in time', () => {
    for (let seed = 0; seed < 200; seed += 1) {
      const limits = { durationMs: 1_000, maxFaultMs: 100 };
      const schedule = faultSchedule({ seed, ...limits, count: 20 });
      const times = schedule.map(({ atMs }) => atMs);
      expect(times).toEqual(times.toSorted((one, two) => one - two));
      expect(schedule).toHaveLength(20);
      for (const { atMs, forMs } of schedule) {
        expect(forMs).toBeLessThanOrEqual(100);
        expect(atMs + forMs).toBeLessThanOrEqual(1_000);
        expect(Math.min(atMs, forMs)).toBeGreaterThanOrEqual(0);
      }
    }
  });

  it('draws every kind sooner or later', () => {
    const schedule = faultSchedule({ seed: 1, durationMs: 1_000, count: 500 });
    const kinds = ['bandwidth', 'blackHole', 'chunks', 'cutAfter', 'halfOpen', 'latency', 'reset'];
    expect([...new Set(schedule.map(({ fault }) => fault.kind))].sort()).toEqual(kinds);
  });

  it('is plain data, which survives being printed', () => {
    const schedule = faultSchedule({ seed: 1, durationMs: 1_000, count: 100 });
    expect(JSON.parse(JSON.stringify(schedule))).toEqual(schedule);
  });

  it('refuses what it cannot draw from', () => {
    const good = { seed: 1, durationMs: 1_000 };
    expect(() => faultSchedule({ ...good, seed: 0.5 })).toThrow('`seed`');
    expect(() => faultSchedule({ ...good, durationMs: -1 })).toThrow('`durationMs`');
    expect(() => faultSchedule({ ...good, count: Number.NaN })).toThrow('`count`');
    expect(() => faultSchedule({ ...good, maxFaultMs: -1 })).toThrow('`maxFaultMs`');
    expect(() => faultSchedule({ ...good, faults: [] })).toThrow('`faults`');
  });
});

describe('run', () => {
  const hole = (atMs: number, forMs: number, fault: Fault = faults[1]!): ScheduledFault => ({
    ...{ atMs, forMs, fault },
  });

  it('applies and removes each fault at its time', async () => {
    await using stage = await startTcpStage();
    const { clock, proxy } = stage;
    const { client, server } = await stage.open();
    let isOver = false;
    const run = proxy.run([hole(10, 20), hole(25, 15)]).then(() => {
      isOver = true;
    });
    clock.advance(9);
    client.socket.write('one ');
    await eventually(() => expect(server.text()).toBe('one '));
    clock.advance(1);
    client.socket.write('two ');
    server.socket.write('back');
    await eventually(() => expect(client.text()).toBe('back'));
    // The first is over, and the second holds on.
    clock.advance(29);
    await turns(2);
    expect([server.text(), isOver]).toEqual(['one ', false]);
    clock.advance(1);
    await run;
    await eventually(() => expect(server.text()).toBe('one two '));
    expect(clock.timers).toBe(0);
  });

  it('resolves at once where there is nothing to do', async () => {
    await using stage = await startTcpStage();
    await stage.proxy.run([]);
  });

  it('rejects with the reason of its signal, and takes back what it did', async () => {
    await using stage = await startTcpStage();
    const { clock, proxy } = stage;
    const { client, server } = await stage.open();
    const stop = new AbortController();
    const run = proxy.run([hole(0, 100), hole(50, 100)], { signal: stop.signal });
    clock.advance(10);
    client.socket.write('held');
    stop.abort(new Error('enough'));
    await expect(run).rejects.toThrow('enough');
    expect(clock.timers).toBe(0);
    await eventually(() => expect(server.text()).toBe('held'));
    await expect(proxy.run([hole(0, 1)], { signal: stop.signal })).rejects.toThrow('enough');
    expect(clock.timers).toBe(0);
  });

  it('ends with the proxy', async () => {
    await using stage = await startTcpStage();
    const { clock, proxy } = stage;
    const run = proxy.run([hole(0, 100), hole(50, 100)]);
    clock.advance(10);
    await proxy.close();
    await run;
    await proxy.run([hole(0, 100)]);
    expect(clock.timers).toBe(0);
  });
});
