import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { eventually } from '../fakes/eventually.ts';
import { type Peer, startTcpStage } from '../fakes/startTcpStage.ts';
import { turns } from '../fakes/turns.ts';
import { bandwidth } from './bandwidth.ts';
import { blackHole } from './blackHole.ts';
import { chunks } from './chunks.ts';
import type { Fault } from './fault.ts';
import { faultSchedule } from './faultSchedule.ts';
import { halfOpen } from './halfOpen.ts';
import { latency } from './latency.ts';

const block = Buffer.alloc(64 * 1024);
const blocks = 4_096;

/**
 * Writes far more than the operating system takes in, until nothing has gone away for so long that
 * no timer of TCP explains it. Resolves with how many blocks went away.
 */
async function flood(socket: Socket): Promise<number> {
  let [written, lastAtMs] = [0, performance.now()];
  const write = () => {
    socket.write(block, () => {
      written += 1;
      lastAtMs = performance.now();
      if (written < blocks) write();
    });
  };
  write();
  while (written < blocks && performance.now() - lastAtMs < 300) await turns(1);
  return written;
}

describe('a writer through the proxy', () => {
  it.each<{ who: string; fault: Fault }>([
    { who: 'a black hole', fault: blackHole() },
    { who: 'a narrow link', fault: bandwidth({ bytesPerSecond: 1_000 }) },
    { who: 'a long link', fault: latency({ delayMs: 1_000 }) },
    { who: 'a client that is gone', fault: halfOpen({ side: 'client' }) },
  ])('is held up by $who', async ({ fault }) => {
    await using stage = await startTcpStage();
    const { server } = await stage.open();
    stage.proxy.apply(fault);
    expect(await flood(server.socket)).toBeLessThan(blocks);
  });

  it('is held up by a reader that does not read, until it reads on', async () => {
    await using stage = await startTcpStage();
    const { client, server } = await stage.open();
    client.socket.pause();
    expect(await flood(server.socket)).toBeLessThan(blocks);
    client.socket.removeAllListeners('data').resume();
    await eventually(() => expect(client.socket.bytesRead).toBe(blocks * block.length));
  });

  it('is not held up where everything flows', async () => {
    await using stage = await startTcpStage();
    const { client, server } = await stage.open();
    client.socket.removeAllListeners('data').resume();
    expect(await flood(server.socket)).toBe(blocks);
  });

  it('is set free when the reader leaves', async () => {
    await using stage = await startTcpStage();
    const { client, server } = await stage.open();
    client.socket.pause();
    await flood(server.socket);
    client.socket.resetAndDestroy();
    await eventually(() => expect(server.ending()).toMatch(/ECONNRESET|EPIPE/));
    expect(stage.proxy.connections).toBe(0);
  });
});

describe('a connection through the proxy', () => {
  const harmless: Fault[] = [
    ...[latency({ delayMs: 20, jitterMs: 20 }), latency({ delayMs: 50, direction: 'toServer' })],
    ...[blackHole(), blackHole({ direction: 'toClient' }), chunks({ bytes: 1 })],
    ...[chunks({ bytes: 1_000 }), bandwidth({ bytesPerSecond: 50_000 })],
  ];

  it.each([1, 2, 3, 4, 5])(
    'gets every byte once and in order, whatever comes and goes (seed %i)',
    async (seed) => {
      await using stage = await startTcpStage();
      const { client, server } = await stage.open();
      const [toServer, toClient] = [randomBytes(1_000_000), randomBytes(1_000_000)];
      client.socket.end(toServer);
      server.socket.end(toClient);
      let isOver = false;
      const schedule = faultSchedule({ seed, durationMs: 2_000, count: 30, faults: harmless });
      void stage.proxy.run(schedule).then(() => {
        isOver = true;
      });
      while (!isOver) {
        stage.clock.advance(5);
        await turns(2);
      }
      const hasAll = ({ socket, ending }: Peer) => [socket.bytesRead, ending()];
      await eventually(() => {
        expect([client, server].map(hasAll)).toEqual(Array(2).fill([1_000_000, 'end']));
      });
      expect(server.bytes().equals(toServer)).toBe(true);
      expect(client.bytes().equals(toClient)).toBe(true);
      expect(stage.clock.timers).toBe(0);
    },
  );

  it('is not over for one side when the other has said all', async () => {
    await using stage = await startTcpStage();
    const { client, server } = await stage.open();
    client.socket.end('question');
    await eventually(() => expect(server.ending()).toBe('end'));
    server.socket.end('answer');
    await eventually(() => expect(client.text()).toBe('answer'));
    await eventually(() => expect(stage.proxy.connections).toBe(0));
  });

  it('passes a reset on as a reset', async () => {
    await using stage = await startTcpStage();
    const [one, two] = [await stage.open(), await stage.open()];
    one.client.socket.resetAndDestroy();
    two.server.socket.resetAndDestroy();
    await eventually(() => {
      expect([one.server.ending(), two.client.ending()]).toEqual(['ECONNRESET', 'ECONNRESET']);
    });
    expect(stage.proxy.connections).toBe(0);
  });
});
