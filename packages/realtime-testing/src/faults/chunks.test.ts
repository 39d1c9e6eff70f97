import { describe, expect, it } from 'vitest';
import { eventually } from '../fakes/eventually.ts';
import { startTcpStage } from '../fakes/startTcpStage.ts';
import { chunks } from './chunks.ts';

const text = 'The quick brown fox jumps over the lazy dog. '.repeat(4);

describe('chunks', () => {
  it('hands on one byte at a time, in order', async () => {
    await using stage = await startTcpStage();
    const { client, server } = await stage.open();
    stage.proxy.apply(chunks({ bytes: 1 }));
    client.socket.write(text);
    await eventually(() => expect(server.text()).toBe(text));
    // A busy machine may join a few.
    expect(server.pieces.length).toBeGreaterThan(text.length * 0.9);
  });

  it('hands on chunks of any size, one direction alone', async () => {
    await using stage = await startTcpStage();
    const { client, server } = await stage.open();
    stage.proxy.apply(chunks({ bytes: 50, direction: 'toClient' }));
    client.socket.write(text);
    server.socket.write(text);
    await eventually(() => expect(client.text()).toBe(text));
    expect(client.pieces.length).toBeGreaterThan(1);
    expect(client.pieces.slice(0, -1).filter((bytes) => bytes % 50 !== 0)).toEqual([]);
    await eventually(() => expect(server.pieces).toEqual([180]));
  });

  it('ends the connection behind the last byte', async () => {
    await using stage = await startTcpStage();
    const { client, server } = await stage.open();
    stage.proxy.apply(chunks({ bytes: 1 }));
    client.socket.end(text);
    await eventually(() => expect(server.ending()).toBe('end'));
    expect(server.text()).toBe(text);
  });

  it('hands on the rest as it is when it is removed', async () => {
    await using stage = await startTcpStage();
    const { client, server } = await stage.open();
    const remove = stage.proxy.apply(chunks({ bytes: 1 }));
    client.socket.write(text.repeat(100));
    await eventually(() => expect(server.pieces.length).toBeGreaterThan(3));
    remove();
    await eventually(() => expect(server.text()).toBe(text.repeat(100)));
    expect(server.pieces.length).toBeLessThan(text.length * 100);
  });

  it('refuses what is no size', () => {
    expect(() => chunks({ bytes: 0 })).toThrow(
      'Expected `bytes` to be a whole number of at least 1, got `0`.',
    );
    expect(() => chunks({ bytes: 1.5 })).toThrow('got `1.5`');
  });
});
