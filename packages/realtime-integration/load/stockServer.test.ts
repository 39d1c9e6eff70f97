import { describe, expect, it } from 'vitest';
import { runLoad } from './runLoad.ts';
import { type StockServerOptions, startStockServer } from './startStockServer.ts';

/** 100 publications to four members, each numbered as the load counts them. */
async function runAgainst(publish: StockServerOptions['publish'], ...more: readonly string[]) {
  await using server = await startStockServer({ publish });
  return await runLoad([
    ...['run', '--target', 'socket.io', '--url', server.url, '--join-event', 'join', '--acks'],
    ...['--room', 'hall', '--connections', '4', '--rate', '100/s', '--duration', '1s'],
    ...['--publish-event', 'publish', '--publish-input', '{"room":"{room}","text":"{stamp}"}'],
    ...['--drain', '300ms', ...more],
  ]);
}

/** Counts the calls from 1. */
function numbered(
  publish: (number: number, ...rest: Parameters<StockServerOptions['publish']>) => void,
) {
  let number = 0;
  return (...rest: Parameters<StockServerOptions['publish']>) => {
    number += 1;
    publish(number, ...rest);
  };
}

describe('a stock server', () => {
  it('that loses every tenth publication is caught, at the end as well', async () => {
    const lossy = numbered((number, { room, text }, io) => {
      if (number % 10 !== 0) io.to(room).emit('message', { text });
    });
    const { exitCode, report, stdout } = await runAgainst(lossy, '--max-loss', '9.9%');
    expect(report?.deliveries).toMatchObject({
      ...{ expected: 400, delivered: 360, lost: 40, lossShare: 0.1, duplicates: 0, outOfOrder: 0 },
    });
    expect(stdout).toContain('MISSED: loss 10%, at most 9.9%');
    expect(exitCode).toBe(1);
  });

  it('that says some things twice and one too late is caught', async () => {
    let kept: (() => void) | null = null;
    const confused = numbered((number, { room, text }, io) => {
      const emit = () => io.to(room).emit('message', [{ deep: { text } }]);
      if (number === 50) kept = emit;
      else emit();
      if (number % 25 === 1) emit();
      if (number === 52) kept?.();
    });
    const { exitCode, report, stdout } = await runAgainst(
      ...[confused, '--max-duplicates', '16', '--max-out-of-order', '3'],
    );
    expect(report?.deliveries).toMatchObject({
      delivered: 400,
      lost: 0,
      duplicates: 16,
      outOfOrder: 4,
    });
    expect(stdout).toContain('met: duplicates 16, at most 16');
    expect(stdout).toContain('MISSED: out of order 4, at most 3');
    expect(exitCode).toBe(1);
  });

  it('that cuts everybody off has lost what was said meanwhile', async () => {
    const cutting = numbered((number, { room, text }, io) => {
      io.to(room).emit('message', { text });
      if (number !== 30) return;
      for (const socket of io.sockets.sockets.values()) {
        if (socket.rooms.has(room)) socket.conn.close();
      }
    });
    const { report } = await runAgainst(cutting, '--duration', '4s', '--rate', '25/s');
    expect(report?.connections.reconnects).toBe(4);
    expect(report?.deliveries.lost).toBeGreaterThan(0);
    expect(report?.deliveries.delivered).toBeGreaterThan(200);
    expect(report?.deliveries).toMatchObject({ duplicates: 0, expected: 400 });
  });

  it('that can do without acknowledgements is believed', async () => {
    await using server = await startStockServer({
      publish: ({ room, text }, io) => io.to(room).emit('message', text),
    });
    const { exitCode, report, stdout } = await runLoad([
      ...['run', '--target', 'socket.io', '--url', server.url, '--transports', 'polling,websocket'],
      ...['--join-event', 'join', '--room', 'hall', '--connections', '2', '--rate', '20/s'],
      ...['--duration', '500ms', '--max-p99', '2s', '--max-loss', '0'],
      ...['--publish-event', 'publish', '--publish-input', '{"room":"hall","text":"{stamp}"}'],
    ]);
    expect(exitCode, stdout).toBe(0);
    expect(report?.deliveries).toMatchObject({ expected: 20, delivered: 20 });
  });

  it('without a join event is watched, and its events are counted', async () => {
    await using server = await startStockServer({
      publish: () => {},
      onConnection(socket) {
        for (const number of [1, 2, 3]) socket.emit('tick', { number });
      },
    });
    const { exitCode, report } = await runLoad([
      ...['run', '--target', 'socket.io', '--url', server.url, '--connections', '3'],
      ...['--duration', '200ms'],
    ]);
    expect(exitCode).toBe(0);
    expect(report).toMatchObject({
      ...{ publications: null, latencyMs: null, deliveries: { delivered: 9, lossShare: null } },
    });
  });
});
