import type { StartProxy } from './startProxy.ts';

/** Leaves the place before the nodes to nginx, HAProxy or another one, and says where it is. */
export const foreignProxy: StartProxy = async ({ host, port, nodePorts }) => {
  console.log(
    `PROXY=off: the nodes are on the ports ${nodePorts.join(', ')} of ${host}. ` +
      `Start a proxy on port ${port} now, see proxies/; all else waits for it.`,
  );
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    close: async () => {},
  };
};
