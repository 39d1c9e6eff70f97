import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way to Redis on which the connections for news, and no others, may be starved. */
export interface NewsRelay extends AsyncDisposable {
  readonly url: string;
  /** How many connections for news there have been. */
  readonly newsConnections: number;
  /** From now on nothing arrives any more on the connections for news that are open. */
  starveNews(): void;
}

export async function startNewsRelay(redisPort: number): Promise<NewsRelay> {
  const sockets = new Set<Socket>();
  const news = new Set<Socket>();
  const starving = new Set<Socket>();
  const server = createServer((client) => {
    const redis = connect(redisPort, '127.0.0.1');
    for (const [socket, other] of [[client, redis] as const, [redis, client] as const]) {
      sockets.add(socket);
      socket.on('error', () => {}).on('close', () => other.destroy());
    }
    client.on('data', (chunk) => {
      // What subscribes is a connection for news.
      if (/ssubscribe/i.test(chunk.toString('latin1'))) news.add(client);
      redis.write(chunk);
    });
    redis.on('data', (chunk) => {
      if (!starving.has(client)) client.write(chunk);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get newsConnections() {
      return news.size;
    },
    starveNews() {
      for (const client of news) starving.add(client);
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
