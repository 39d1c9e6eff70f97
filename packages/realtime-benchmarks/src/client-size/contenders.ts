/** Clients as a page imports them, by the name of their entry. */
export const contenders = {
  roomcast: 'Roomcast client',
  roomcastReact: 'Roomcast client and the hooks of an event page',
  roomcastReactAll: 'Roomcast client and all of the React layer',
  socketIo: 'socket.io-client',
  pusher: 'pusher-js',
  centrifuge: 'centrifuge',
  ably: 'ably',
} as const;

export type Contender = keyof typeof contenders;

/** Those that are not ours. */
export const peers = ['socketIo', 'pusher', 'centrifuge', 'ably'] as const;
