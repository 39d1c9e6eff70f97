import type { Socket } from 'node:net';
import { PassThrough, Writable } from 'node:stream';
import { systemClock } from '@roomcast/realtime-contract';
import { describe, expect, it, vi } from 'vitest';
import { eventually } from '../fakes/eventually.ts';
import { startTcpStage } from '../fakes/startTcpStage.ts';
import { turns } from '../fakes/turns.ts';
import { cutAfter, cutAfterRestriction } from './cutAfter.ts';
import { Lane } from './lane.ts';

describe('cutAfter', () => {
  it('resets both sides behind the last byte', async () => {
    await using stage = await startTcpStage();
    const { client, server } = await stage.open();
    stage.proxy.apply(cutAfter({ bytes: 7, direction: 'toClient' }));
    server.socket.write('one two three');
    await eventually(() => expect(client.ending()).toBe('ECONNRESET'));
    expect(client.text()).toBe('one two');
    await eventually(() => expect(server.ending()).toBe('ECONNRESET'));
    expect(stage.proxy.connections).toBe(0);
  });

  it('counts from when it was applied, over several messages', async () => {
    await using stage = await startTcpStage();
    const { client, server } = await stage.open();
    client.socket.write('before ');
    await eventually(() => expect(server.text()).toBe('before '));
    stage.proxy.apply(cutAfter({ bytes: 6 }));
    client.socket.write('one');
    await eventually(() => expect(server.text()).toBe('before one'));
    // The other direction has a count of its own.
    server.socket.write('back');
    await eventually(() => expect(client.text()).toBe('back'));
    client.socket.write('two three');
    await eventually(() => expect(server.ending()).toBe('ECONNRESET'));
    expect(server.text()).toBe('before onetwo');
  });

  it('counts each connection by itself, new ones too', async () => {
    await using stage = await startTcpStage();
    const old = await stage.open();
    stage.proxy.apply(cutAfter({ bytes: 3 }));
    const young = await stage.open();
    for (const { client } of [old, young]) client.socket.write('ab');
    for (const { server } of [old, young]) {
      await eventually(() => expect(server.text()).toBe('ab'));
    }
    young.client.socket.write('cd');
    await eventually(() => expect(young.server.ending()).toBe('ECONNRESET'));
    expect([young.server.text(), old.server.ending()]).toEqual(['abc', null]);
  });

  it('lets connections live when it was removed in time', async () => {
    await using stage = await startTcpStage();
    const { client, server } = await stage.open();
    const remove = stage.proxy.apply(cutAfter({ bytes: 4 }));
    client.socket.write('one');
    await eventually(() => expect(server.text()).toBe('one'));
    remove();
    client.socket.write('two');
    await eventually(() => expect(server.text()).toBe('onetwo'));
    expect(server.ending()).toBeNull();
  });

  it('waits until the operating system has the last byte', async () => {
    const cut = vi.fn();
    let taken = () => {};
    const source = new PassThrough();
    const target = new Writable({
      write(_bytes, _encoding, done) {
        taken = done;
      },
    });
    const context = { clock: systemClock, random: () => 0, cut };
    const lane = new Lane(source as unknown as Socket, target as unknown as Socket, context);
    lane.add(cutAfterRestriction(cutAfter({ bytes: 3 })));
    source.write('one two');
    await turns(5);
    expect([target.writableLength, cut.mock.calls.length]).toEqual([3, 0]);
    taken();
    await turns(1);
    expect(cut).toHaveBeenCalledOnce();
  });

  it('refuses what is no number of bytes', () => {
    expect(() => cutAfter({ bytes: 0 })).toThrow(
      'Expected `bytes` to be a whole number of at least 1, got `0`.',
    );
  });
});
