import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { runLoad } from './runLoad.ts';
import { type StockMessage, startStockServer } from './startStockServer.ts';

/** A room has one request at a time, so 50 publications have to wait for a pause of half a second. */
it('a server that stands still once is seen by every publication that had to wait', async () => {
  let requests = 0;
  await using server = await startStockServer({
    publish: () => {},
    async onRequest(request, response, io) {
      const { room, text } = (await json(request)) as StockMessage;
      requests += 1;
      if (requests === 100) await sleep(500);
      io.to(room).emit('message', { text });
      response.end();
    },
  });
  const { report, exitCode, stdout } = await runLoad([
    ...['run', '--target', 'socket.io', '--url', server.url, '--connections', '2'],
    ...['--join-event', 'join', '--room', 'hall', '--acks', '--rate', '100/s', '--duration', '4s'],
    ...['--publish-url', `${server.url}/publish`],
    ...['--publish-input', '{"room":"{room}","text":"{stamp}"}'],
  ]);
  expect(exitCode, stdout).toBe(0);
  expect(report?.deliveries).toMatchObject({ expected: 800, lost: 0, outOfOrder: 0 });
  // A tenth of all had to wait for 250 ms in the middle. From the moment of sending only one is slow.
  expect(report?.latencyMs?.p99).toBeGreaterThan(400);
  expect(report?.latencyMs?.p95).toBeGreaterThan(150);
  expect(report?.latencyMs?.max).toBeGreaterThan(480);
  expect(report?.latencyMs?.p50).toBeLessThan(100);
}, 30_000);
