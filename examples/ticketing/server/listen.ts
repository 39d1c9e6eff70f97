import { once } from 'node:events';
import type { Server } from 'node:net';

/** Where a server is to be reached. */
export interface Address {
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
}

/** Opens a server and tells its URL. @throws Error that names the port and what to do about it */
export async function listen(server: Server, { host, port }: Address): Promise<string> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw new Error(describe(cause, port), { cause });
  }
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.');
  return `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
}

function describe(cause: unknown, port: number): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'EADDRINUSE') {
    return `Port ${port} is taken. Stop what uses it, or choose another one: PORT=${port + 1}`;
  }
  if (code === 'EACCES') return `Port ${port} needs more rights. Choose one above 1023 in PORT.`;
  return `Port ${port} could not be opened: ${cause instanceof Error ? cause.message : cause}`;
}
