import { describe, expect, it } from 'vitest';
import { eventually } from '../fakes/eventually.ts';
import { startTcpStage } from '../fakes/startTcpStage.ts';
import { latency, latencyRestriction } from './latency.ts';

describe('latency', () => {
  it('delays what passes, each way', async () => {
    await using stage = await startTcpStage();
    const { clock, proxy } = stage;
    const { client, server } = await stage.open();
    proxy.apply(latency({ delayMs: 100 }));
    client.socket.write('there');
    await eventually(() => expect(clock.timers).toBe(1));
    clock.advance(99);
    expect(clock.timers).toBe(1);
    expect(server.text()).toBe('');
    clock.advance(1);
    await eventually(() => expect(server.text()).toBe('there'));
    server.socket.write('back');
    await eventually(() => expect(clock.timers).toBe(1));
    expect(client.text()).toBe('');
    clock.advance(100);
    await eventually(() => expect(client.text()).toBe('back'));
  });

  it('delays one direction alone', async () => {
    await using stage = await startTcpStage();
    const { clock, proxy } = stage;
    const { client, server } = await stage.open();
    proxy.apply(latency({ delayMs: 100, direction: 'toServer' }));
    client.socket.write('there');
    await eventually(() => expect(clock.timers).toBe(1));
    server.socket.write('back');
    await eventually(() => expect(client.text()).toBe('back'));
    expect(server.text()).toBe('');
  });

  it('delays the end of a connection', async () => {
    await using stage = await startTcpStage();
    const { clock, proxy } = stage;
    const { client, server } = await stage.open();
    proxy.apply(latency({ delayMs: 100 }));
    client.socket.end();
    await eventually(() => expect(clock.timers).toBe(1));
    clock.advance(99);
    expect([clock.timers, server.ending()]).toEqual([1, null]);
    clock.advance(1);
    await eventually(() => expect(server.ending()).toBe('end'));
  });

  it('adds up with another', async () => {
    await using stage = await startTcpStage();
    const { clock, proxy } = stage;
    const { client, server } = await stage.open();
    proxy.apply(latency({ delayMs: 100 }), latency({ delayMs: 50 }));
    client.socket.write('there');
    await eventually(() => expect(clock.timers).toBe(1));
    clock.advance(149);
    expect(clock.timers).toBe(1);
    clock.advance(1);
    await eventually(() => expect(server.text()).toBe('there'));
  });

  it('keeps the order of what waits when it is removed', async () => {
    await using stage = await startTcpStage();
    const { clock, proxy } = stage;
    const { client, server } = await stage.open();
    const remove = proxy.apply(latency({ delayMs: 100 }));
    client.socket.write('first ');
    await eventually(() => expect(clock.timers).toBe(1));
    remove();
    client.socket.write('second');
    await eventually(() => expect(server.text()).toBe('first second'));
    expect(clock.timers).toBe(0);
  });

  it('keeps the order of bytes whatever the jitter', async () => {
    await using stage = await startTcpStage();
    const { clock, proxy } = stage;
    const { client, server } = await stage.open();
    proxy.apply(latency({ delayMs: 50, jitterMs: 50 }));
    const words = Array.from({ length: 40 }, (_, index) => `${index} `);
    for (const word of words) {
      client.socket.write(word);
      clock.advance(5);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await eventually(() => {
      clock.advance(1);
      expect(server.text()).toBe(words.join(''));
    });
    expect(server.pieces.length).toBeGreaterThan(5);
  });

  it('varies by the jitter, and never below nothing', () => {
    const { departsAtMs } = latencyRestriction(latency({ delayMs: 100, jitterMs: 150 }));
    const delays = [-1, -0.5, 0, 0.5].map((luck) => departsAtMs?.(1_000, { bytes: 1, luck }));
    expect(delays).toEqual([1_000, 1_025, 1_100, 1_175]);
  });

  it('draws the jitter from the seed of the proxy', async () => {
    async function delaysOf(seed: number) {
      await using stage = await startTcpStage(seed);
      const { clock, proxy } = stage;
      const { client } = await stage.open();
      proxy.apply(latency({ delayMs: 1_000, jitterMs: 1_000 }));
      const delays: number[] = [];
      while (delays.length < 3) {
        const sentAtMs = clock.now();
        client.socket.write('there');
        await eventually(() => expect(clock.timers).toBe(1));
        while (clock.timers > 0) clock.advance(1);
        delays.push(clock.now() - sentAtMs);
      }
      return delays;
    }
    const [one, again, other] = [await delaysOf(1), await delaysOf(1), await delaysOf(2)];
    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
  });

  it('refuses what is no delay', () => {
    expect(() => latency({ delayMs: -1 })).toThrow(
      'Expected `delayMs` to be a whole number of at least 0, got `-1`.',
    );
    expect(() => latency({ delayMs: 1, jitterMs: Number.NaN })).toThrow('`jitterMs`');
  });
});
