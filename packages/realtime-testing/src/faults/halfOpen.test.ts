import { describe, expect, it } from 'vitest';
import { eventually } from '../fakes/eventually.ts';
import { startTcpStage } from '../fakes/startTcpStage.ts';
import { halfOpen } from './halfOpen.ts';

describe.each([
  { side: 'client', other: 'server' },
  { side: 'server', other: 'client' },
] as const)('halfOpen on the side of the $side', ({ side, other }) => {
  it(`resets the ${side}, and leaves the ${other} in the dark`, async () => {
    await using stage = await startTcpStage();
    const { [side]: gone, [other]: left } = await stage.open();
    stage.proxy.apply(halfOpen({ side }));
    await eventually(() => expect(gone.ending()).toBe('ECONNRESET'));
    left.socket.write('are you there?');
    left.socket.end();
    // Long enough for an answer: somebody else gets through.
    const { client, server } = await stage.open();
    client.socket.write('there');
    await eventually(() => expect(server.text()).toBe('there'));
    expect(left.ending()).toBeNull();
    expect(left.socket.destroyed).toBe(false);
    expect(stage.proxy.connections).toBe(2);
  });

  it(`resets the ${other} when it is removed, and nobody who came later`, async () => {
    await using stage = await startTcpStage();
    const { [other]: left } = await stage.open();
    const heal = stage.proxy.apply(halfOpen({ side }));
    const { client, server } = await stage.open();
    expect(left.ending()).toBeNull();
    heal();
    await eventually(() => expect(left.ending()).toBe('ECONNRESET'));
    client.socket.write('there');
    await eventually(() => expect(server.text()).toBe('there'));
    expect(stage.proxy.connections).toBe(1);
  });
});

describe('halfOpen', () => {
  it('on one side after the other leaves nothing', async () => {
    await using stage = await startTcpStage();
    const { client, server } = await stage.open();
    stage.proxy.apply(halfOpen({ side: 'client' }), halfOpen({ side: 'server' }));
    await eventually(() => {
      expect([client.ending(), server.ending()]).toEqual(['ECONNRESET', 'ECONNRESET']);
    });
    expect(stage.proxy.connections).toBe(0);
  });

  it('forgets a connection whose other side gives up with a reset', async () => {
    await using stage = await startTcpStage();
    const { server } = await stage.open();
    stage.proxy.apply(halfOpen({ side: 'client' }));
    server.socket.resetAndDestroy();
    await eventually(() => expect(stage.proxy.connections).toBe(0));
  });
});
