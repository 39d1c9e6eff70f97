/**
 * Names that the wire uses itself, so that no event or action may have them: those of the plain
 * dialect for the given room kinds, those of the framed dialect, and those of Socket.IO's emitter.
 */
export function reservedNames(kinds: readonly string[]): ReadonlySet<string> {
  return new Set([
    'authenticate',
    'ping',
    'pong',
    'room-joined',
    'room-left',
    'compressed-event',
    'history',
    'connect',
    'connection',
    'connect_error',
    'disconnect',
    'disconnecting',
    'error',
    'reconnect',
    'reconnect_error',
    ...kinds.flatMap((kind) => [`join-${kind}`, `leave-${kind}`]),
  ]);
}
