import type { Socket } from 'node:net';

/** So few are not worth a look. */
const minSweep = 64;

/**
 * The open sockets of a server. Held weakly, and looked through whenever they have doubled: a
 * listener for the end of each would be the third, for which every socket's list of them grows to
 * hold twenty.
 */
export class OpenSockets {
  #sockets: WeakRef<Socket>[] = [];
  #sweepAt = minSweep;

  /** How many are kept, those included that have ended since the last look. */
  get size(): number {
    return this.#sockets.length;
  }

  add(socket: Socket): void {
    if (this.#sockets.length >= this.#sweepAt) {
      this.#sockets = this.all().map((open) => new WeakRef(open));
      this.#sweepAt = Math.max(minSweep, 2 * this.#sockets.length);
    }
    this.#sockets.push(new WeakRef(socket));
  }

  all(): Socket[] {
    return this.#sockets.flatMap((reference) => {
      const socket = reference.deref();
      return socket && !socket.destroyed ? socket : [];
    });
  }
}
