import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { runLoad } from './runLoad.ts';
import { stageArguments, startStage } from './startStage.ts';

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe('the command', () => {
  it.each(['roomcast', 'socket.io'])('exits with 3 where there is no %s server', async (target) => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const { exitCode, stderr, report } = await runLoad([
      ...['run', '--url', url, '--target', target, '--connections', '2'],
    ]);
    expect(stderr).toContain(`error: Nobody got in.`);
    expect(stderr).toContain('ECONNREFUSED');
    expect([exitCode, report]).toEqual([3, null]);
  });

  it('exits with 3 where the server lets nobody in, with its reason', async () => {
    await using server = await startStage();
    const { exitCode, stderr } = await runLoad([
      ...[...stageArguments, '--url', server.url, '--connections', '2'],
    ]);
    expect(stderr).toContain('Nobody got in. UNAUTHENTICATED');
    expect(exitCode).toBe(3);
    expect(server.manager.getConnectionCount()).toBe(0);
  });

  it('exits with 3 where nobody may publish', async () => {
    await using server = await startStage();
    // What publishes has the first token.
    const { exitCode, stderr } = await runLoad(
      [
        ...[...stageArguments, '--url', server.url, '--connections', '2'],
        ...['--token-command', 'printf "forged\\n$TOKEN\\n"'],
      ],
      { env: { TOKEN: await server.tokenFor('ada') } },
    );
    expect(stderr).toContain('error: Nothing can be published.');
    expect(exitCode).toBe(3);
  });

  it('exits with 2 for a target that is not this machine, which it does not ask', async () => {
    const { exitCode, stderr } = await runLoad(['run', '--url', 'http://192.0.2.1:3001']);
    expect(stderr).toContain('add `--allow-remote`');
    expect(exitCode).toBe(2);
  });
});
