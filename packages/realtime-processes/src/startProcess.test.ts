import { describe, expect, it } from 'vitest';
import type { EchoPart } from './fakes/echoPart.ts';
import { startProcess } from './startProcess.ts';

const echoModule = new URL('./fakes/echoPart.ts', import.meta.url);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('a part in a process of its own', () => {
  it('takes and answers what can be cloned, in another process, in production', async () => {
    await using part = await startProcess<EchoPart>(echoModule);
    const value = { list: [1, null], map: new Map([['a', 1]]) };
    expect(await part.calls.echo(value)).toEqual(value);
    const { pid, environment } = await part.calls.where();
    expect(pid).not.toBe(process.pid);
    expect(environment).toBe('production');
  });

  it('rejects with what the function threw, and goes on', async () => {
    await using part = await startProcess<EchoPart>(echoModule);
    await expect(part.calls.fail('too far')).rejects.toThrow(new RangeError('too far'));
    expect(await part.calls.echo(1)).toBe(1);
  });

  it('rejects what is under way when the process ends', async () => {
    await using part = await startProcess<EchoPart>(echoModule);
    await expect(part.calls.die()).rejects.toThrow('ended amid a call: exit code 3');
  });

  it('ends when it is stopped, once or twice', async () => {
    const part = await startProcess<EchoPart>(echoModule);
    const { pid } = await part.calls.where();
    await Promise.all([part.stop(), part.stop()]);
    await part.stop();
    expect(isAlive(pid)).toBe(false);
  });

  it('ends by itself when it is asked to', async () => {
    await using part = await startProcess<EchoPart>(echoModule);
    part.terminate();
    expect(await part.ended).toEqual({ code: null, signal: 'SIGTERM' });
  });

  it('is not started where its module cannot be read', async () => {
    const missing = new URL('./fakes/missing.ts', import.meta.url);
    await expect(startProcess(missing)).rejects.toThrow('ended before it was ready');
  });
});
