import { startFaultProxy } from '@roomcast/realtime-testing';
import { describe, expect, it, vi } from 'vitest';
import { runLoad } from './runLoad.ts';
import { stageArguments, startStage, tokenCommand } from './startStage.ts';

describe('a Roomcast server with a contract and users of its own', () => {
  it('gets its publications to the members of several rooms, from several processes', async () => {
    await using server = await startStage();
    const { args, env } = await tokenCommand(server, 12);
    const { exitCode, report, stdout, stderr, html } = await runLoad(
      [
        ...[...stageArguments, ...args, '--url', server.url, '--workers', '2'],
        ...['--connections', '12', '--rooms', '3', '--publishers', '2', '--payload', '1kb'],
        ...['--rate', '60/s', '--duration', '1s', '--max-loss', '0', '--max-out-of-order', '0'],
      ],
      { env },
    );
    expect(exitCode, stdout + stderr).toBe(0);
    expect(report).toMatchObject({
      ...{ scenario: 'run', passed: true, interrupted: false },
      target: { kind: 'roomcast', url: server.url, rooms: 3 },
      connections: { asked: 12, joined: 12, failed: 0, reconnects: 0, gaps: 0 },
      publications: { attempted: 60, acknowledged: 60, failures: {} },
      deliveries: { expected: 240, delivered: 240, lost: 0, lossShare: 0, duplicates: 0 },
      generator: { processes: 3 },
    });
    expect(report?.latencyMs?.count).toBe(240);
    expect(stdout).toMatch(/\| lost +\| +0 of 240 \|/);
    expect(stderr).toContain('12 of 12 in');
    expect(html).toContain('0 of 240');
    // Tokens are nobody's business but the server's.
    const [token = ''] = env.TOKENS?.split('\n') ?? [];
    for (const output of [stdout, stderr, html, JSON.stringify(report)]) {
      expect(output).not.toContain(token);
    }
  });

  it('loses nothing to those who were cut off, and what they missed was late', async () => {
    await using server = await startStage();
    await using proxy = await startFaultProxy(server.port);
    const { args, env } = await tokenCommand(server, 3);
    let isCut = false;
    const run = runLoad(
      [
        ...[...stageArguments, ...args, '--url', `http://127.0.0.1:${proxy.port}`],
        ...['--connections', '3', '--rate', '50/s', '--duration', '3s', '--max-loss', '0'],
        ...['--max-reconnects', '2'],
      ],
      {
        env,
        onProgress(text) {
          if (isCut || !text.includes('publishing')) return;
          isCut = true;
          proxy.cut();
        },
      },
    );
    const { exitCode, report, stdout } = await run;
    expect(report?.connections, stdout).toMatchObject({ reconnects: 3, gaps: 0 });
    expect(report?.deliveries).toMatchObject({ lost: 0, duplicates: 0, outOfOrder: 0 });
    expect(report?.deliveries.expected).toBeGreaterThan(300);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('MISSED: reconnects 3, at most 2');
  });

  it('is only watched where nothing is published, by the numbers of its log', async () => {
    await using server = await startStage();
    let minutes = 0;
    const timer = setInterval(() => {
      minutes += 1;
      const payload = { minutes };
      void server.manager.publish({
        ...{ room: 'lobby', event: 'call', payload, delivery: 'reliable' },
      });
    }, 20);
    const { exitCode, report, stdout } = await runLoad([
      ...['run', '--url', server.url, '--contract', stageArguments[2]!, '--room', 'lobby'],
      ...['--connections', '4', '--duration', '1s', '--max-loss', '0'],
    ]);
    clearInterval(timer);
    expect(exitCode, stdout).toBe(0);
    expect(report).toMatchObject({ publications: null, deliveries: { lost: 0, duplicates: 0 } });
    expect(report?.deliveries.expected).toBeGreaterThan(80);
    expect(report?.latencyMs?.p50).toBeLessThan(500);
  });

  it('that refuses publications is told with its reason, and is expected to deliver none', async () => {
    await using server = await startStage();
    const { args, env } = await tokenCommand(server, 1);
    const { exitCode, report, stdout } = await runLoad(
      [
        ...[...stageArguments.slice(0, -1), '{"stage":"{n}","text":"{stamp}!"}', ...args],
        ...['--url', server.url, '--connections', '2', '--rate', '10/s', '--duration', '500ms'],
        ...['--max-loss', '0'],
      ],
      { env },
    );
    expect(report).toMatchObject({
      publications: { attempted: 5, acknowledged: 0, failures: { 'TOO_LOUD: Hush.': 5 } },
      deliveries: { expected: 0, lossShare: null },
    });
    expect(stdout).toContain('not published: 5 × TOO_LOUD: Hush.');
    // What was not measured is no success.
    expect(stdout).toContain('MISSED: loss not measured, at most 0%');
    expect(exitCode).toBe(1);
  });

  it('is left with no connection when the run was ended with Ctrl-C, which is reported', async () => {
    await using server = await startStage();
    const { args, env } = await tokenCommand(server, 5);
    const { exitCode, report, stdout } = await runLoad(
      [
        ...[...stageArguments, ...args, '--url', server.url, '--connections', '5'],
        ...['--rate', '20/s', '--duration', '10m'],
      ],
      { env, onProgress: (text, command) => text.includes('publishing') && command.kill('SIGINT') },
    );
    expect(exitCode, stdout).toBe(130);
    expect(stdout).toContain('ended early');
    expect(report).toMatchObject({ interrupted: true, deliveries: { lost: 0 } });
    await vi.waitFor(() => expect(server.manager.getConnectionCount()).toBe(0), 4_000);
  });
});
