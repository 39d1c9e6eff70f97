import { createRedisBroker } from '@roomcast/realtime-redis';
import { WebSocketManager, type WebSocketManagerOptions } from '@roomcast/realtime-server';
import { type ClubContract, clubContract } from '../server/clubContract.ts';

/** A node of a cluster, in this process. */
export interface ControlNode {
  readonly manager: WebSocketManager<ClubContract>;
  readonly url: string;
  readonly errors: unknown[];
}

/** Nodes whose log of rooms and control log are in Redis, each with its own way to it. */
export interface ControlNodes extends AsyncDisposable {
  readonly nodes: readonly ControlNode[];
  /** Starts another one. */
  add(redisUrl: string, options?: ControlNodeOptions): Promise<ControlNode>;
}

type ControlNodeOptions = Partial<
  Pick<WebSocketManagerOptions<ClubContract>, 'authorise' | 'heartbeatTimeoutMs'>
>;

/** How long a node is kept that gives no sign of life. */
export const leaseMs = 600;

/** `alice t-1 1700000000000`: the user, the token's id, and when it was made. */
async function authenticate(token: string) {
  const [id = '', tokenId = '', issued] = token.split(' ');
  return { id, tokenId, ...(issued !== undefined && { issuedAtMs: Number(issued) }) };
}

export async function startControlNodes(...redisUrls: readonly string[]): Promise<ControlNodes> {
  const nodes: ControlNode[] = [];
  const stack = new AsyncDisposableStack();
  async function add(url: string, options: ControlNodeOptions = {}): Promise<ControlNode> {
    const quick = {
      url,
      ...{ backoff: { minDelayMs: 5, maxDelayMs: 50 }, probeIntervalMs: 50, probeTimeoutMs: 200 },
      timeoutMs: 1_000,
    };
    const errors: unknown[] = [];
    const broker = stack.use(createRedisBroker(quick));
    const manager = stack.use(
      new WebSocketManager({
        ...{ contract: clubContract, broker, env: {}, authenticate },
        authorise: (_, rooms) => rooms.map(() => true),
        onError: (error) => errors.push(error),
        ...options,
        cluster: {
          openLog: (bounds) => createRedisBroker({ ...quick, ...bounds }),
          ...{ heartbeatIntervalMs: 100, leaseMs },
        },
      }),
    );
    const { port } = await manager.listen(0, '127.0.0.1');
    const node = { manager, url: `http://127.0.0.1:${port}`, errors };
    nodes.push(node);
    return node;
  }
  try {
    for (const url of redisUrls) await add(url);
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
  return { nodes, add, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}
