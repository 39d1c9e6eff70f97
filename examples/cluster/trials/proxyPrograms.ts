import { spawnSync } from 'node:child_process';

/** A proxy of the machine, with its configuration in `proxies/`. */
export interface ProxyProgram {
  readonly name: 'HAProxy' | 'nginx';
  readonly command: string;
  readonly configuration: string;
  /** @param file - the configuration @param folder - what it may write to */
  args(file: string, folder: string): readonly string[];
  /** Makes sessions sticky, as the comments of the configuration say. */
  makeSticky(configuration: string): string;
  readonly versionArgs: readonly string[];
}

export const proxyPrograms: readonly ProxyProgram[] = [
  {
    ...{ name: 'nginx', command: 'nginx', configuration: 'nginx.conf', versionArgs: ['-v'] },
    args: (file, folder) => ['-e', 'stderr', '-p', folder, '-c', file],
    makeSticky: (text) => text.replace('# hash $remote_addr', 'hash $remote_addr'),
  },
  {
    ...{ name: 'HAProxy', command: 'haproxy', configuration: 'haproxy.cfg', versionArgs: ['-v'] },
    args: (file) => ['-db', '-f', file],
    makeSticky: (text) =>
      text.replace('# balance source', 'balance source').replace('balance roundrobin\n', '\n'),
  },
];

/** What a program says of its version; null where it is not there. */
export function versionOf({ command, versionArgs }: ProxyProgram): string | null {
  const { status, stdout, stderr } = spawnSync(command, versionArgs, { encoding: 'utf8' });
  return status === 0 ? (/(\d+\.\d+\.\d+)/.exec(stdout + stderr)?.[1] ?? 'of some version') : null;
}
