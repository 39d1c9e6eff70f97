import type { RemoteCalls, StartOptions, StartPart } from '@roomcast/realtime-processes';
import { type ServerName, serverModules } from './peer.ts';
import type { ListenOptions, PeerServer } from './peerServer.ts';

/** A contender's server, in its process, listening. */
export interface OpenServer {
  readonly calls: RemoteCalls<PeerServer>;
  readonly port: number;
  stop(): Promise<void>;
}

export async function openServer(
  startPart: StartPart,
  server: ServerName,
  { runtime, ...options }: ListenOptions & StartOptions,
): Promise<OpenServer> {
  const start: StartOptions = runtime === undefined ? {} : { runtime };
  const { calls, stop } = await startPart<PeerServer>(serverModules[server], start);
  return { calls, stop, port: await calls.listen(options) };
}
