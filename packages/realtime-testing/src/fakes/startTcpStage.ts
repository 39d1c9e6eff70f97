import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { FaultProxy } from '../faults/faultProxy.ts';
import { startFaultProxy } from '../faults/startFaultProxy.ts';
import { createManualClock, type ManualClock } from './createManualClock.ts';

/** One end of a connection, with what it got. */
export interface Peer {
  readonly socket: Socket;
  /** What it got so far. */
  bytes(): Buffer;
  text(): string;
  /** In which pieces it got that. */
  readonly pieces: readonly number[];
  /** How the other end left: not at all, with `end`, or with the error of a reset. */
  ending(): string | null;
}

/** A client and a server on loopback, a proxy between them, and its time. */
export interface TcpStage extends AsyncDisposable {
  readonly clock: ManualClock;
  readonly proxy: FaultProxy;
  /** Opens a connection through the proxy. */
  open(): Promise<{ readonly client: Peer; readonly server: Peer }>;
}

/** @param seed - of the proxy */
export async function startTcpStage(seed = 1): Promise<TcpStage> {
  const clock = createManualClock();
  const sockets = new Set<Socket>();
  const accepting: ((socket: Socket) => void)[] = [];
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    accepting.shift()?.(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy = await startFaultProxy((server.address() as AddressInfo).port, { clock, seed });
  return {
    ...{ clock, proxy },
    async open() {
      const accepted = new Promise<Socket>((resolve) => accepting.push(resolve));
      const socket = connect({ port: proxy.port, host: '127.0.0.1', allowHalfOpen: true });
      sockets.add(socket);
      return { client: watch(socket), server: watch(await accepted) };
    },
    async [Symbol.asyncDispose]() {
      await proxy.close();
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function watch(socket: Socket): Peer {
  const heard: Buffer[] = [];
  const pieces: number[] = [];
  let ending: string | null = null;
  socket.setNoDelay(true);
  socket.on('data', (bytes) => {
    heard.push(bytes);
    pieces.push(bytes.length);
  });
  socket.on('end', () => {
    ending = 'end';
  });
  socket.on('error', (error: Error & { code?: string }) => {
    ending = error.code ?? error.message;
  });
  const bytes = () => Buffer.concat(heard);
  return { socket, pieces, bytes, text: () => bytes().toString(), ending: () => ending };
}
