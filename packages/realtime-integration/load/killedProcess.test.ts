import { execFileSync } from 'node:child_process';
import { expect, it, vi } from 'vitest';
import { runLoad } from './runLoad.ts';
import { stageArguments, startStage, tokenCommand } from './startStage.ts';

function childrenOf(pid: number | undefined): readonly number[] {
  const lines = execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' }).trim();
  return lines.split('\n').map(Number);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

it.each([
  ['holds connections', 0],
  ['publishes', 1],
])(
  'exits with 4 at once where the process that %s is killed',
  async (_, index) => {
    await using server = await startStage();
    const { args, env } = await tokenCommand(server, 4);
    let children: readonly number[] = [];
    const { exitCode, report, stderr, stdout } = await runLoad(
      [
        ...[...stageArguments, ...args, '--url', server.url, '--connections', '4'],
        ...['--rate', '20/s', '--duration', '30s'],
      ],
      {
        env,
        onProgress(text, command) {
          if (children.length > 0 || !text.includes('publishing')) return;
          children = childrenOf(command.pid);
          process.kill(children[index] ?? 0, 'SIGKILL');
        },
      },
    );
    expect(stderr).toContain(
      'error: the load itself failed. A process of the load ended: SIGKILL.\n',
    );
    expect([exitCode, report, stdout]).toEqual([4, null, '']);
    // Nothing is left behind.
    expect(children.length).toBe(2);
    expect(children.filter(isAlive)).toEqual([]);
    await vi.waitFor(() => expect(server.manager.getConnectionCount()).toBe(0), 4_000);
  },
  20_000,
);
