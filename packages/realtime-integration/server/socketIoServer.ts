import { Server } from 'socket.io';
import { vi } from 'vitest';

interface Internals {
  readonly _nsps: ReadonlyMap<
    string,
    {
      readonly sockets: ReadonlyMap<string, unknown>;
      readonly _preConnectSockets: ReadonlyMap<string, unknown>;
      readonly adapter: {
        readonly rooms: ReadonlyMap<string, unknown>;
        readonly sids: ReadonlyMap<string, unknown>;
        listenerCount(event: string): number;
      };
    }
  >;
  readonly engine: { readonly clients: object; readonly clientsCount: number };
}

/** How many entries the maps inside of Socket.IO and engine.io have, by name. */
export type SocketIoSizes = Readonly<Record<string, number>>;

/**
 * Watches for the Socket.IO servers that are made from now on, so that a test can look into their
 * maps: what a closed connection leaves behind there is seen by no public API.
 *
 * @returns the sizes of all maps of all these servers, those that are empty left out
 */
export function watchSocketIo(): () => SocketIoSizes {
  const of = vi.spyOn(Server.prototype, 'of');
  return () => {
    const sizes: Record<string, number> = {};
    for (const server of new Set(of.mock.contexts)) {
      const { _nsps, engine } = server as unknown as Internals;
      sizes['engine.clients'] = Object.keys(engine.clients).length;
      sizes['engine.clientsCount'] = engine.clientsCount;
      for (const [name, { sockets, _preConnectSockets, adapter }] of _nsps) {
        sizes[`${name} sockets`] = sockets.size;
        sizes[`${name} _preConnectSockets`] = _preConnectSockets.size;
        sizes[`${name} adapter.rooms`] = adapter.rooms.size;
        sizes[`${name} adapter.sids`] = adapter.sids.size;
        // The owner of the namespace has one.
        sizes[`${name} forgotten listeners`] = adapter.listenerCount('delete-room') - 1;
      }
    }
    return Object.fromEntries(Object.entries(sizes).filter(([, size]) => size > 0));
  };
}
