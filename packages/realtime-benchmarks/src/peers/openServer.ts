import type { RemoteCalls, StartPart } from '../process/part.ts';
import { type Peer, serverModules } from './peer.ts';
import type { ListenOptions, PeerServer } from './peerServer.ts';

/** A contender's server, in its process, listening. */
export interface OpenServer {
  readonly calls: RemoteCalls<PeerServer>;
  readonly port: number;
  stop(): Promise<void>;
}

export async function openServer(
  startPart: StartPart,
  peer: Peer,
  options: ListenOptions,
): Promise<OpenServer> {
  const { calls, stop } = await startPart<PeerServer>(serverModules[peer]);
  return { calls, stop, port: await calls.listen(options) };
}
