import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { eventually } from '../fakes/eventually.ts';
import { startTcpStage } from '../fakes/startTcpStage.ts';
import { reset } from './reset.ts';

/** Resolves when a new connection is closed by the other side. */
async function refusal(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1').on('error', () => {});
  await new Promise((resolve) => socket.once('close', resolve));
}

describe('reset', () => {
  it('resets what is open, and new connections until it is removed', async () => {
    await using stage = await startTcpStage();
    const { client, server } = await stage.open();
    const remove = stage.proxy.apply(reset());
    expect(stage.proxy.connections).toBe(0);
    await eventually(() => {
      expect([client.ending(), server.ending()]).toEqual(['ECONNRESET', 'ECONNRESET']);
    });
    await refusal(stage.proxy.port);
    expect(stage.proxy.connections).toBe(0);
    remove();
    const later = await stage.open();
    later.client.socket.write('there');
    await eventually(() => expect(later.server.text()).toBe('there'));
  });

  it('is independent of block and restore', async () => {
    await using stage = await startTcpStage();
    const { proxy } = stage;
    const remove = proxy.apply(reset());
    proxy.block();
    proxy.block();
    remove();
    await refusal(proxy.port);
    const removeLater = proxy.apply(reset());
    proxy.restore();
    await refusal(proxy.port);
    removeLater();
    await stage.open();
    expect(proxy.connections).toBe(1);
  });
});
