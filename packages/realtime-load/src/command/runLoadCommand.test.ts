import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startDemoServer } from '../demo/startDemoServer.ts';
import { startLocalWorker } from '../fakes/startLocalWorker.ts';
import type { StartWorker } from '../process/runningWorker.ts';
import type { LoadReport } from '../report/loadReport.ts';
import { runLoadCommand } from './runLoadCommand.ts';

const secret = Buffer.alloc(32, 1).toString('base64');

/** Runs the command in this process. */
async function run(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  startWorker: StartWorker = startLocalWorker,
) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const exitCode = await runLoadCommand(args, {
    ...{ version: '1.2.3', stdout, stderr, env: { PATH: process.env.PATH, ...env } },
    signal: new AbortController().signal,
    startWorker,
    async startDemo(secret) {
      const { url, close } = await startDemoServer(secret);
      return { url, end: close };
    },
  });
  stdout.end();
  stderr.end();
  return { exitCode, stdout: await text(stdout), stderr: await text(stderr) };
}

async function demo(): Promise<string> {
  const { url, close } = await startDemoServer(secret);
  onTestFinished(close);
  return url;
}

describe('realtime-load', () => {
  it('runs `broadcasts` against its own server: everything arrives', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'load-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const [json, html] = [join(folder, 'report.json'), join(folder, 'report.html')];
    const { exitCode, stdout, stderr } = await run([
      ...['broadcasts', '--demo', '--connections', '10', '--duration', '1s'],
      ...['--json', json, '--html', html],
    ]);
    expect(exitCode, stdout + stderr).toBe(0);
    const report: LoadReport = JSON.parse(await readFile(json, 'utf8'));
    expect(report).toMatchObject({
      ...{ scenario: 'broadcasts', passed: true },
      publications: { attempted: 200, acknowledged: 200 },
      deliveries: { expected: 2_000, delivered: 2_000, lost: 0, duplicates: 0, outOfOrder: 0 },
    });
    expect(report.latencyMs?.count).toBe(2_000);
    expect(report.samples.length).toBeGreaterThan(2);
    expect(await readFile(html, 'utf8')).toContain('<!doctype html>');
    expect(stdout).toContain('met: loss 0%, at most 0%');
  }, 20_000);

  it('runs `announcement` against the webhooks of a server, which it signs for', async () => {
    const { exitCode, stdout, stderr } = await run(
      [
        ...['announcement', '--url', await demo(), '--connections', '5', '--duration', '500ms'],
        ...['--rate', '10/s', '--token-command', 'printf "ada\\nben\\n"'],
        ...['--webhook-secret-env', 'SECRET', '--settle', '0s'],
      ],
      { SECRET: secret },
    );
    expect(exitCode, stdout + stderr).toBe(0);
    expect(stdout).toMatch(/\| lost +\| +0 of 25 \|/);
  });

  it('tells what the server answered where a POST is refused', async () => {
    const { exitCode, stdout } = await run(
      [
        ...['announcement', '--url', await demo(), '--connections', '1', '--duration', '100ms'],
        ...['--rate', '10/s', '--token-env', 'TOKEN'],
      ],
      { TOKEN: 'ada' },
    );
    expect(stdout).toMatch(
      /not published: 1 × http:\/\/127.0.0.1:\d+\/webhooks answered 400: .*webhook-signature/,
    );
    expect(exitCode).toBe(1);
  });

  it('shows what it measured, also where it cannot be written', async () => {
    const { exitCode, stdout, stderr } = await run([
      ...['run', '--demo', '--connections', '1', '--duration', '100ms', '--json', '/no/where.json'],
    ]);
    expect(stdout).toMatch(/\| connections +\| +1 of 1 \|/);
    expect(stderr).toContain('The report could not be written. ENOENT');
    expect(exitCode).toBe(2);
  });

  it.each([[['--help']], [['run', '-h']]])('explains itself for %j', async (args) => {
    const { exitCode, stdout } = await run(args);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Usage: realtime-load');
  });

  it('tells its version', async () => {
    expect(await run(['--version'])).toEqual({ exitCode: 0, stdout: '1.2.3\n', stderr: '' });
  });

  it('says that it failed itself, which is not a threshold missed', async () => {
    const { exitCode, stderr } = await run(['broadcasts', '--demo'], {}, async () => {
      throw new Error('The process was killed.');
    });
    expect(stderr).toContain('the load itself failed. Error: The process was killed.');
    expect(exitCode).toBe(4);
  });

  it.each([
    [[], 'Usage: realtime-load'],
    [['fly'], "unknown command 'fly'"],
    [['run'], 'Expected `--url`'],
    [['run', '--demo', '--url', 'http://localhost'], 'Expected `--url`'],
    [['run', '--demo', '--target', 'socket.io'], '`--demo` is a Roomcast server'],
    [['run', '--url', 'localhost:3001'], 'Expected a URL such as'],
    [['run', '--url', 'http://localhost/path'], 'without a path'],
    [['run', '--url', 'http://192.0.2.1'], 'add `--allow-remote`'],
    [
      [
        'run',
        '--url',
        'http://[::1]',
        '--publish-url',
        'http://192.0.2.1',
        '--publish-input',
        '"{stamp}"',
      ],
      '--allow-remote',
    ],
    [['run', '--demo', '--max-p99', '100'], 'a time such as `100ms`'],
    [['run', '--demo', '--transports', 'carrier-pigeon'], 'Expected `websocket`'],
    [['run', '--demo', '--publish-action', 'say'], 'to have `{stamp}`'],
    [['run', '--demo', '--publish-action', 'say', '--publish-input', '{'], 'Expected JSON'],
    [
      ['run', '--demo', '--publish-event', 'say', '--publish-input', '"{stamp}"'],
      'is for `--target socket.io`',
    ],
    [['run', '--demo', '--publish-event', 'a', '--publish-action', 'b'], 'Expected one of'],
    [['run', '--demo', '--rooms', '2', '--room', 'global'], 'need `{n}` in `--room`'],
    [['run', '--demo', '--join-event', 'join'], 'add `--target socket.io`'],
    [['broadcasts', '--target', 'socket.io', '--url', 'http://127.0.0.1'], 'add `--publish-event`'],
    [['run', '--url', 'http://127.0.0.1', '--token-env', 'NOBODY'], 'NOBODY is not set'],
    [['run', '--demo', '--room', 'nowhere'], 'The contract has no room "nowhere"'],
    [['run', '--demo', '--contract', 'no/where.js'], '`--contract` cannot be used'],
    [['run', '--demo', '--contract', 'package.json'], '`--contract` cannot be used'],
    [
      ['run', '--demo', '--publish-action', 'shout', '--publish-input', '"{stamp}"'],
      'The contract has no action "shout". It has: send-message.',
    ],
    [['run', '--token', 'secret'], "unknown option '--token'"],
  ])('refuses %j with exit code 2 and the reason', async (args, reason) => {
    const { exitCode, stderr } = await run(args);
    expect(stderr).toContain(reason);
    expect(exitCode).toBe(2);
  });
});
