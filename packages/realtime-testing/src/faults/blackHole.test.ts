import { describe, expect, it } from 'vitest';
import { eventually } from '../fakes/eventually.ts';
import { startTcpStage } from '../fakes/startTcpStage.ts';
import { turns } from '../fakes/turns.ts';
import { blackHole } from './blackHole.ts';

describe('blackHole', () => {
  it('lets nothing arrive until it is removed, and then everything in order', async () => {
    await using stage = await startTcpStage();
    const { client, server } = await stage.open();
    client.socket.write('before ');
    await eventually(() => expect(server.text()).toBe('before '));
    const heal = stage.proxy.apply(blackHole({ direction: 'toServer' }));
    client.socket.write('lost? ');
    // What goes the other way arrives, later than the bytes would have.
    server.socket.write('hello');
    await eventually(() => expect(client.text()).toBe('hello'));
    expect(server.text()).toBe('before ');
    heal();
    client.socket.write('after');
    await eventually(() => expect(server.text()).toBe('before lost? after'));
  });

  it('swallows both directions unless it is told otherwise', async () => {
    await using stage = await startTcpStage();
    const { client, server } = await stage.open();
    const free = await stage.open();
    const heal = stage.proxy.apply(blackHole());
    client.socket.write('there');
    server.socket.write('back');
    free.client.socket.write('there');
    await turns(20);
    expect([server.text(), client.text(), free.server.text()]).toEqual(['', '', '']);
    heal();
    await eventually(() => expect([server.text(), client.text()]).toEqual(['there', 'back']));
  });

  it('keeps the end of a connection from the other side', async () => {
    await using stage = await startTcpStage();
    const [reset, ended] = [await stage.open(), await stage.open()];
    const heal = stage.proxy.apply(blackHole({ direction: 'toServer' }));
    reset.client.socket.resetAndDestroy();
    ended.client.socket.end();
    await turns(20);
    expect([reset.server.ending(), ended.server.ending()]).toEqual([null, null]);
    expect(stage.proxy.connections).toBe(2);
    heal();
    await eventually(() => {
      expect([reset.server.ending(), ended.server.ending()]).toEqual(['ECONNRESET', 'end']);
    });
    expect(stage.proxy.connections).toBe(1);
  });

  it('swallows what new connections say, too', async () => {
    await using stage = await startTcpStage();
    const heal = stage.proxy.apply(blackHole());
    const { client, server } = await stage.open();
    client.socket.write('there');
    await turns(20);
    expect(server.text()).toBe('');
    heal();
    await eventually(() => expect(server.text()).toBe('there'));
  });

  it('lasts until the last of several is removed', async () => {
    await using stage = await startTcpStage();
    const { client, server } = await stage.open();
    const fault = blackHole();
    const [healOne, healTwo] = [stage.proxy.apply(fault), stage.proxy.apply(fault)];
    client.socket.write('there');
    healOne();
    healOne();
    await turns(20);
    expect(server.text()).toBe('');
    healTwo();
    await eventually(() => expect(server.text()).toBe('there'));
  });
});
