import { describe, expect, it } from 'vitest';
import { eventually } from '../fakes/eventually.ts';
import { startTcpStage } from '../fakes/startTcpStage.ts';
import { bandwidth } from './bandwidth.ts';
import { blackHole } from './blackHole.ts';

const bytes = (count: number) => 'x'.repeat(count);

describe('bandwidth', () => {
  it('lets so many bytes pass in a second, in small pieces', async () => {
    await using stage = await startTcpStage();
    const { clock, proxy } = stage;
    const { client, server } = await stage.open();
    proxy.apply(bandwidth({ bytesPerSecond: 1_000 }));
    client.socket.write(bytes(100));
    await eventually(() => expect(clock.timers).toBe(1));
    clock.advance(19);
    expect(clock.timers).toBe(1);
    expect(server.text()).toBe('');
    clock.advance(1);
    await eventually(() => expect([server.text().length, clock.timers]).toEqual([20, 1]));
    clock.advance(79);
    await eventually(() => expect([server.text().length, clock.timers]).toEqual([80, 1]));
    clock.advance(1);
    await eventually(() => expect(server.text()).toBe(bytes(100)));
  });

  it('makes what comes later wait for what was before it', async () => {
    await using stage = await startTcpStage();
    const { clock, proxy } = stage;
    const { client, server } = await stage.open();
    proxy.apply(bandwidth({ bytesPerSecond: 1_000 }));
    client.socket.write(bytes(20));
    await eventually(() => expect(clock.timers).toBe(1));
    clock.advance(15);
    client.socket.write(bytes(20));
    clock.advance(5);
    await eventually(() => expect([server.text().length, clock.timers]).toEqual([20, 1]));
    clock.advance(19);
    expect(clock.timers).toBe(1);
    clock.advance(1);
    await eventually(() => expect(server.text().length).toBe(40));
  });

  it('is as wide as the narrowest of several', async () => {
    await using stage = await startTcpStage();
    const { clock, proxy } = stage;
    const { client, server } = await stage.open();
    proxy.apply(bandwidth({ bytesPerSecond: 1_000 }), bandwidth({ bytesPerSecond: 500 }));
    client.socket.write(bytes(1_000));
    await eventually(() => expect(clock.timers).toBe(1));
    clock.advance(1_000);
    // All but the time that the first piece took on the wider link.
    await eventually(() => expect([server.text().length, clock.timers]).toEqual([490, 1]));
  });

  it('gives each connection its own', async () => {
    await using stage = await startTcpStage();
    const { clock, proxy } = stage;
    const [one, two] = [await stage.open(), await stage.open()];
    proxy.apply(bandwidth({ bytesPerSecond: 1_000 }));
    one.client.socket.write(bytes(20));
    two.client.socket.write(bytes(20));
    await eventually(() => expect(clock.timers).toBe(2));
    clock.advance(20);
    await eventually(() =>
      expect([one, two].map(({ server }) => server.text().length)).toEqual([20, 20]),
    );
  });

  it('does not make up for the time in which nothing could pass', async () => {
    await using stage = await startTcpStage();
    const { clock, proxy } = stage;
    const { client, server } = await stage.open();
    proxy.apply(bandwidth({ bytesPerSecond: 1_000 }));
    client.socket.write(bytes(100));
    await eventually(() => expect(clock.timers).toBe(1));
    const heal = proxy.apply(blackHole());
    clock.advance(10_000);
    heal();
    expect(clock.timers).toBe(1);
    clock.advance(20);
    await eventually(() => expect([server.text().length, clock.timers]).toEqual([20, 1]));
  });

  it('lets all pass when it is removed', async () => {
    await using stage = await startTcpStage();
    const { clock, proxy } = stage;
    const { client, server } = await stage.open();
    const remove = proxy.apply(bandwidth({ bytesPerSecond: 1 }));
    client.socket.write(bytes(1_000));
    await eventually(() => expect(clock.timers).toBe(1));
    remove();
    await eventually(() => expect(server.text()).toBe(bytes(1_000)));
  });

  it('refuses what is no bandwidth', () => {
    expect(() => bandwidth({ bytesPerSecond: 0 })).toThrow(
      'Expected `bytesPerSecond` to be a whole number of at least 1, got `0`.',
    );
  });
});
