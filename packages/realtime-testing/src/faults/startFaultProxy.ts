import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A TCP proxy on loopback that breaks connections as a network does. */
export interface FaultProxy extends AsyncDisposable {
  readonly port: number;
  /** Connections that pass through at this moment. */
  readonly connections: number;
  /** Cuts every connection at once, on both sides, without a word. */
  cut(): void;
  /** Refuses new connections until `restore` is called; open ones are cut. */
  block(): void;
  restore(): void;
  /** Harmless when called twice. */
  close(): Promise<void>;
}

/** Starts a proxy in front of a port on loopback. */
export async function startFaultProxy(targetPort: number): Promise<FaultProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let isBlocked = false;

  const server = createServer((near) => {
    if (isBlocked) {
      near.resetAndDestroy();
      return;
    }
    const far = connect(targetPort, '127.0.0.1');
    const pair = [near, far] as const;
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const socket of pair) socket.setNoDelay(true).on('error', end).on('close', end);
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const cut = () => {
    for (const pair of pairs) for (const socket of pair) socket.resetAndDestroy();
    pairs.clear();
  };
  const block = () => {
    isBlocked = true;
    cut();
  };
  const close = () =>
    new Promise<void>((resolve) => {
      // A connection that is being accepted at this moment would keep the server open.
      block();
      server.close(() => resolve());
    });
  return {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return pairs.size;
    },
    cut,
    block,
    restore() {
      isBlocked = false;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
