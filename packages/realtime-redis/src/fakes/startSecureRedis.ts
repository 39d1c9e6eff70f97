import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePorts } from '../testing/freePorts.ts';
import { type RunningRedis, startRedis } from '../testing/startRedis.ts';

export interface SecureRedis extends RunningRedis {
  /** The certificate that the server shows, which nobody but itself has signed. */
  readonly certificate: string;
}

/**
 * A Redis that speaks TLS only, with one user whose password is `secret`.
 *
 * @param rights - what the user `broker` may do, as rules of Redis's access control lists
 */
export async function startSecureRedis(rights: readonly string[]): Promise<SecureRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'roomcast-tls-'));
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  await promisify(execFile)('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
    ...['-keyout', key, '-out', certificate, '-days', '2', '-subj', '/CN=roomcast'],
    ...['-addext', 'subjectAltName=IP:127.0.0.1'],
  ]);
  const [port = 0] = await freePorts(1);
  const tls = ['--tls-port', `${port}`, '--port', '0', '--tls-auth-clients', 'no'];
  const files = ['--tls-cert-file', certificate, '--tls-key-file', key, '--tls-ca-cert-file'];
  const users = ['--user', 'default', 'off', '--user', 'broker', 'on', '>secret', ...rights];
  const redis = await startRedis({ args: [...tls, ...files, certificate, ...users] });
  return {
    ...redis,
    port,
    url: `rediss://broker:secret@127.0.0.1:${port}`,
    certificate: await readFile(certificate, 'utf8'),
    async [Symbol.asyncDispose]() {
      await redis[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}
