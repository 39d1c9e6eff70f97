import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { systemClock } from '@roomcast/realtime-contract';
import type { Fault } from './fault.ts';
import type { FaultProxy, FaultProxyOptions } from './faultProxy.ts';
import { ProxiedConnection } from './proxiedConnection.ts';
import { reset } from './reset.ts';
import { runSchedule } from './runSchedule.ts';
import { seededRandom } from './seededRandom.ts';

const host = '127.0.0.1';
// Each side may say that it is done, and go on listening.
const allowHalfOpen = true;

/**
 * Starts a proxy in front of a port on loopback. It works for whatever speaks TCP.
 *
 * @param targetPort - a function is asked anew for each connection
 */
export async function startFaultProxy(
  targetPort: number | (() => number),
  options: FaultProxyOptions = {},
): Promise<FaultProxy> {
  const { clock = systemClock, seed = 1 } = options;
  const random = seededRandom(seed);
  const open = new Set<ProxiedConnection>();
  const applied = new Set<Fault>();
  const closing = new AbortController();

  function accept(client: Socket) {
    const port = typeof targetPort === 'function' ? targetPort() : targetPort;
    const server = connect({ host, port, allowHalfOpen });
    const onClosed = () => void open.delete(connection);
    const connection = new ProxiedConnection(client, server, { clock, random, onClosed });
    open.add(connection);
    for (const fault of applied) if (fault.kind !== 'halfOpen') connection.apply(fault);
  }
  const server = createServer({ allowHalfOpen }, (client) => {
    if ([...applied].some(({ kind }) => kind === 'reset')) client.resetAndDestroy();
    else accept(client);
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));

  function apply(...faults: readonly Fault[]) {
    // Copies, so that the same fault may be applied twice.
    const own = faults.map((fault) => ({ ...fault }));
    for (const fault of own) {
      applied.add(fault);
      for (const connection of [...open]) connection.apply(fault);
    }
    return () => {
      for (const fault of own) {
        applied.delete(fault);
        for (const connection of [...open]) connection.lift(fault);
      }
    };
  }
  let unblock: (() => void) | null = null;
  function block() {
    unblock ??= apply(reset());
  }
  const close = () =>
    new Promise<void>((resolve) => {
      closing.abort();
      // A connection that is being accepted at this moment would keep the server open.
      apply(reset());
      server.close(() => resolve());
    });

  return {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return open.size;
    },
    ...{ apply, block, close, [Symbol.asyncDispose]: close },
    run: (schedule, { signal } = {}) =>
      runSchedule(schedule, { clock, apply, closing: closing.signal, ...(signal && { signal }) }),
    cut: () => apply(reset())(),
    restore() {
      unblock?.();
      unblock = null;
    },
  };
}
