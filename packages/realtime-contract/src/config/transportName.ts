/** How Socket.IO carries a connection. */
export type TransportName = 'websocket' | 'polling';
