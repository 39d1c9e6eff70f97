/** Who is measured. */
export const peers = ['ours', 'stock'] as const;

export type Peer = (typeof peers)[number];

/** The module that holds the server of each. */
export const serverModules: Readonly<Record<Peer, URL>> = {
  ours: new URL('./roomcastServer.ts', import.meta.url),
  stock: new URL('./stockServer.ts', import.meta.url),
};
