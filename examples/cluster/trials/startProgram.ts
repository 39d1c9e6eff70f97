import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { StartProxy } from '../server/proxy/startProxy.ts';
import { freePort } from './freePort.ts';
import type { ProxyProgram } from './proxyPrograms.ts';

const retryAfterMs = 50;

/**
 * Starts a program before the nodes, with the configuration that stands in `proxies/`: only its ports
 * are others, and its sessions sticky where that is asked for.
 */
export function startProgram(program: ProxyProgram, isSticky: boolean): StartProxy {
  return async ({ host, nodePorts }) => {
    const port = await freePort();
    const folder = await mkdtemp(join(tmpdir(), 'roomcast-proxy-'));
    const file = join(folder, program.configuration);
    const source = join(import.meta.dirname, '..', 'proxies', program.configuration);
    const text = replacePorts(await readFile(source, 'utf8'), [port, ...nodePorts]);
    await writeFile(file, isSticky ? program.makeSticky(text) : text);
    const child = spawn(program.command, program.args(file, folder), {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const ended = once(child, 'exit');
    const close = async () => {
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true });
    };
    while (!(await isOpen(host, port))) {
      if (child.exitCode !== null) {
        await close();
        throw new Error(`${program.name} ended at once.`);
      }
      await setTimeout(retryAfterMs);
    }
    return { url: `http://${host}:${port}`, close };
  };
}

/** The ports of the configurations are 3000 for the proxy, and those that follow for the nodes. */
function replacePorts(text: string, ports: readonly number[]): string {
  return text.replaceAll(/127\.0\.0\.1:(300\d)/g, (_, port) => {
    return `127.0.0.1:${ports[Number(port) - 3000]}`;
  });
}

async function isOpen(host: string, port: number): Promise<boolean> {
  const socket = connect({ host, port });
  const answer = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.destroy();
  return answer;
}
