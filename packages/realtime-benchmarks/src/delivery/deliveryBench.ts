import { randomBytes } from 'node:crypto';
import type { RemoteCalls } from '@roomcast/realtime-processes';
import type { BenchmarkContext } from '../benchmark.ts';
import { type OpenServer, openServer } from '../peers/openServer.ts';
import type { Contender } from './contender.ts';
import type { DeliveryLoad } from './deliveryLoad.ts';

/** A load, and servers that stay: the same one for contenders that ask the same of it. */
export interface DeliveryBench {
  readonly load: RemoteCalls<DeliveryLoad>;
  /** Of those, the contenders whose server the machine can run. */
  present(contenders: readonly Contender[]): readonly Contender[];
  serverOf(contender: Pick<Contender, 'server' | 'listen'>): Promise<OpenServer>;
  progress(text: string): void;
}

export async function startDeliveryBench(
  { startPart, bun, progress }: BenchmarkContext,
  subscribers: number,
): Promise<DeliveryBench> {
  const secret = randomBytes(32).toString('hex');
  const { calls: load } = await startPart<DeliveryLoad>(
    new URL('deliveryLoad.ts', import.meta.url),
  );
  await load.prepare({ secret, count: subscribers });
  const servers = new Map<string, Promise<OpenServer>>();
  return {
    ...{ load, progress },
    present: (contenders) => contenders.filter(({ server }) => server !== 'bun' || bun !== null),
    serverOf({ server, listen }) {
      const key = JSON.stringify([server, listen]);
      const runtime = server === 'bun' && bun !== null ? { runtime: bun } : {};
      const opened =
        servers.get(key) ?? openServer(startPart, server, { ...listen, ...runtime, secret });
      servers.set(key, opened);
      return opened;
    },
  };
}
