/** Whom we are measured against in every benchmark. */
export const peers = ['ours', 'stock'] as const;

export type Peer = (typeof peers)[number];

/** Everybody who has a server. */
export type ServerName = Peer | 'ws' | 'bun';

/** The module that holds the server of each. */
export const serverModules: Readonly<Record<ServerName, URL>> = {
  ours: new URL('./roomcastServer.ts', import.meta.url),
  stock: new URL('./stockServer.ts', import.meta.url),
  ws: new URL('./wsServer.ts', import.meta.url),
  bun: new URL('./bunServer.ts', import.meta.url),
};
