import type { TransportName } from '@roomcast/realtime-client';
import type { Template } from './template.ts';

/** A server, and how its rooms are entered. Plain data: it goes to other processes. */
export interface Target {
  readonly kind: 'roomcast' | 'socket.io';
  /** An origin: no path, no namespace. */
  readonly url: string;
  readonly path: string;
  readonly namespace: string;
  readonly transports: readonly TransportName[];
  /** The module that exports the contract; null for the ready ticketing contract. */
  readonly contract: string | null;
  /** What a stock client says to be let into a room; null where the server does that by itself. */
  readonly join: SocketCall | null;
  /** Whether the server acknowledges what stock clients say. */
  readonly acknowledges: boolean;
}

/** An event with one argument, as a stock client emits it. */
interface SocketCall {
  readonly event: string;
  readonly input: Template;
}
