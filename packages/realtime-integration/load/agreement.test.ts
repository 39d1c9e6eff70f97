import { once } from 'node:events';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { runLoad } from './runLoad.ts';
import { startStockServer } from './startStockServer.ts';

/** From 40 to 160 ms, each once in a hundred publications, in no order. */
function delayMs(sequence: number): number {
  return 40 + (120 * ((sequence * 37) % 100)) / 99;
}

/** A member of the room that shares nothing with the load: the protocol by hand, and its own clock. */
async function openWitness(port: number, onText: (text: string) => void) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`);
  socket.on('message', (data) => {
    const message = String(data);
    if (message === '2') socket.send('3');
    else if (message.startsWith('0')) socket.send('40');
    else if (message.startsWith('40')) socket.send('420["join","hall"]');
    else if (message.startsWith('42')) onText(JSON.parse(message.slice(2))[1].text);
  });
  while (!String((await once(socket, 'message'))[0]).startsWith('430'));
  return socket;
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN;
}

it('agrees within 5% with a witness that measures the same publications by itself', async () => {
  const arrivedMs = new Map<string, number>();
  const latenciesMs: number[] = [];
  await using server = await startStockServer({
    publish({ room, text }, io) {
      arrivedMs.set(text, performance.now());
      setTimeout(() => io.to(room).emit('message', { text }), delayMs(arrivedMs.size));
    },
  });
  const witness = await openWitness(server.port, (text) => {
    latenciesMs.push(performance.now() - (arrivedMs.get(text) ?? Number.NaN));
  });
  const { report, exitCode, stdout } = await runLoad([
    ...['run', '--target', 'socket.io', '--url', server.url, '--connections', '10'],
    ...['--join-event', 'join', '--room', 'hall', '--acks', '--rate', '100/s', '--duration', '4s'],
    ...['--publish-event', 'publish', '--publish-input', '{"room":"{room}","text":"{stamp}"}'],
  ]);
  witness.close();

  expect(exitCode, stdout).toBe(0);
  expect(report?.deliveries).toMatchObject({ expected: 4_000, delivered: 4_000, lost: 0 });
  expect(latenciesMs).toHaveLength(400);
  for (const [name, share] of [
    ['p50', 0.5],
    ['p95', 0.95],
    ['p99', 0.99],
  ] as const) {
    const witnessed = percentile(latenciesMs, share);
    expect(witnessed).toBeGreaterThan(40 + 120 * share - 5);
    const measured = report?.latencyMs?.[name] ?? Number.NaN;
    expect(
      measured / witnessed,
      `${name}: ${measured} ms, witnessed ${witnessed} ms`,
    ).toBeGreaterThan(0.95);
    expect(measured / witnessed, `${name}: ${measured} ms, witnessed ${witnessed} ms`).toBeLessThan(
      1.05,
    );
  }
}, 30_000);
