import type { Socket } from 'node:net';
import type { Clock } from '@roomcast/realtime-contract';
import { type OneWay, oneWays } from './direction.ts';
import type { Fault } from './fault.ts';
import { Lane } from './lane.ts';
import { resetSocket } from './resetSocket.ts';
import { restrict } from './restrict.ts';

export interface ConnectionContext {
  readonly clock: Clock;
  /** From 0 (inclusive) to 1 (exclusive). */
  random(): number;
  /** Called once nothing is left of the connection; perhaps more than once. */
  onClosed(): void;
}

/** A connection through the proxy: a socket for each side, a lane for each way between them. */
export class ProxiedConnection {
  readonly #sockets: Readonly<Record<'client' | 'server', Socket>>;
  readonly #lanes: Readonly<Record<OneWay, Lane>>;
  readonly #onClosed: () => void;
  /** How to lift each fault. */
  readonly #lifts = new Map<Fault, () => void>();

  constructor(client: Socket, server: Socket, context: ConnectionContext) {
    const { onClosed, ...rest } = context;
    const laneContext = { ...rest, cut: () => this.cut() };
    this.#onClosed = onClosed;
    this.#sockets = { client, server };
    this.#lanes = {
      toServer: new Lane(client, server, laneContext),
      toClient: new Lane(server, client, laneContext),
    };
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      // What fails is closed behind it.
      socket.on('error', () => {}).on('close', () => this.#onSocketClosed());
    }
  }

  apply(fault: Fault): void {
    const ways = oneWays.filter((way) => isFor(fault, way));
    const lifts = ways.map((way) => {
      const restriction = restrict(fault);
      this.#lanes[way].add(restriction);
      return () => this.#lanes[way].delete(restriction);
    });
    this.#lifts.set(fault, () => {
      for (const lift of lifts) lift();
    });
    if (fault.kind === 'halfOpen') resetSocket(this.#sockets[fault.side]);
    if (fault.kind === 'reset') this.cut();
  }

  lift(fault: Fault): void {
    this.#lifts.get(fault)?.();
    this.#lifts.delete(fault);
  }

  /** Resets both sides at once. */
  cut(): void {
    for (const socket of Object.values(this.#sockets)) resetSocket(socket);
    this.#close();
  }

  #onSocketClosed(): void {
    if (Object.values(this.#sockets).every((socket) => socket.destroyed)) this.#close();
  }

  #close(): void {
    for (const way of oneWays) this.#lanes[way].close();
    this.#onClosed();
  }
}

function isFor(fault: Fault, way: OneWay): boolean {
  return !('direction' in fault) || fault.direction === 'both' || fault.direction === way;
}
