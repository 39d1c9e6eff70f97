import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { forkProcess } from './forkProcess.ts';

interface Echo {
  echo(value: unknown): unknown;
  where(): { readonly pid: number; readonly environment: string };
  fail(reason: string): void;
  die(): void;
}

async function fork() {
  const echo = await forkProcess<Echo>(new URL('../fakes/echoProcess.ts', import.meta.url));
  onTestFinished(echo.end);
  return echo;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('a process of the load', () => {
  it('answers from a process of its own, in production', async () => {
    const { calls } = await fork();
    expect(await calls.echo({ list: [1, null] })).toEqual({ list: [1, null] });
    const { pid, environment } = await calls.where();
    expect(pid).not.toBe(process.pid);
    expect(environment).toBe('production');
  });

  it('rejects with the reason, and goes on', async () => {
    const { calls } = await fork();
    await expect(calls.fail('too far')).rejects.toThrow('too far');
    expect(await calls.echo(1)).toBe(1);
  });

  it('rejects what is under way when it ends', async () => {
    const { calls } = await fork();
    await expect(calls.die()).rejects.toThrow('A process of the load ended: exit code 3.');
  });

  it('tells that it is lost when it was killed, and not when it was told to end', async () => {
    const [killed, ended] = [await fork(), await fork()];
    const onEnded = vi.fn();
    void ended.lost.then(onEnded);
    process.kill((await killed.calls.where()).pid, 'SIGKILL');
    await ended.end();
    expect(await killed.lost).toMatchObject({ message: 'A process of the load ended: SIGKILL.' });
    expect(onEnded).not.toHaveBeenCalled();
  });

  it('is not interrupted by the terminal, and ends when it is told, once or twice', async () => {
    const { calls, end } = await fork();
    const { pid } = await calls.where();
    process.kill(pid, 'SIGINT');
    expect(await calls.echo('still here')).toBe('still here');
    await Promise.all([end(), end()]);
    await end();
    expect(isAlive(pid)).toBe(false);
  });

  it('that cannot begin is told', async () => {
    const missing = new URL('../fakes/missing.ts', import.meta.url);
    await expect(forkProcess(missing)).rejects.toThrow('ended before it was ready');
  });
});
