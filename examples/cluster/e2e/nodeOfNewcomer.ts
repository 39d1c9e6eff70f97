import { expect } from 'vitest';
import type { Cluster } from '../server/startCluster.ts';

/** The node that has one connection more than before, once it has: the page before may be closing. */
export async function nodeOfNewcomer(
  cluster: Pick<Cluster, 'connections'>,
  before: ReadonlyMap<string, number | null>,
): Promise<string> {
  const added = async () => {
    const now = [...(await cluster.connections())];
    return now.flatMap(([name, count]) => ((count ?? 0) === (before.get(name) ?? 0) ? [] : [name]));
  };
  await expect.poll(added).toHaveLength(1);
  const [name = ''] = await added();
  return name;
}
