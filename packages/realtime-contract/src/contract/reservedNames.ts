/**
 * Names that the wire uses itself, so that no event or action may have them: those of the plain
 * dialect for the given room kinds, those of the framed dialect, and those of Socket.IO's emitter.
 * Names with an underscore need no entry: a contract cannot have them.
 */
export function reservedNames(kinds: readonly string[]): ReadonlySet<string> {
  return new Set([
    'authenticate',
    'ping',
    'pong',
    'room-joined',
    'room-left',
    'token-expired',
    'value-removed',
    'compressed-event',
    'history',
    'connect',
    'connection',
    'disconnect',
    'disconnecting',
    'error',
    'reconnect',
    ...kinds.flatMap((kind) => [`join-${kind}`, `leave-${kind}`]),
  ]);
}
