import type { Socket as TcpSocket } from 'node:net';

/**
 * Holds what is written to a socket until the end of this turn of the event loop, so that it leaves
 * in one system call. In the profile of a handshake nothing took as long as these.
 */
export function holdWrites(tcp: TcpSocket): void {
  tcp.cork();
  setImmediate(letGo, tcp);
}

function letGo(tcp: TcpSocket): void {
  tcp.uncork();
}
