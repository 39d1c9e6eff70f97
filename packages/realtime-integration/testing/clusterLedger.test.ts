import { type CallLedger, createMemoryCallLedger } from '@roomcast/realtime-broker';
import { startTestCluster, WebSocketTester } from '@roomcast/realtime-testing';
import { describe, expect, it, vi } from 'vitest';
import { clubContract } from '../server/clubContract.ts';

const contract = clubContract;
const say = () => vi.fn(({ text }: { text: string }) => ({ length: text.length }));
const keyed = { caller: 'user alice', action: 'say', key: 'k-1', inputHash: 'hash' };

describe('the ledger of calls of a cluster', () => {
  it('is one for all nodes: a call with a key is done once, also over a restart', async () => {
    const handler = say();
    await using cluster = await startTestCluster(contract, { actions: { say: handler } });
    for (const node of [0, 1] as const) {
      await cluster.restart(node);
      await using alice = new WebSocketTester(cluster.nodes[node]);
      await alice.connect('alice');
      const options = { idempotencyKey: 'k-1' };
      expect(await alice.client.call('say', { text: 'hello' }, options)).toEqual({ length: 5 });
    }
    expect(handler).toHaveBeenCalledTimes(1);
  });

  it('stays open where it was passed in', async () => {
    const callLedger = createMemoryCallLedger();
    const cluster = await startTestCluster(contract, { callLedger });
    await cluster.close();
    expect(await callLedger.claim(keyed)).toMatchObject({ status: 'owned' });
  });

  it('is made for each life of each node, and closed with it', async () => {
    const close = vi.fn(async () => {});
    const callLedger = vi.fn(
      async (_node: number): Promise<CallLedger> => ({ claim: vi.fn(), close }),
    );
    const cluster = await startTestCluster(contract, { callLedger });
    await cluster.restart(1);
    expect(callLedger.mock.calls).toEqual([[0], [1], [1]]);
    expect(close).toHaveBeenCalledTimes(1);
    await cluster.close();
    expect(close).toHaveBeenCalledTimes(3);
  });

  it('leaves nothing open where it cannot be made, the log of its node included', async () => {
    const failure = new Error('no Redis');
    const callLedger = () => Promise.reject(failure);
    const close = vi.fn(async () => {});
    const broker = async () => ({ close }) as never;
    await expect(startTestCluster(contract, { broker, callLedger })).rejects.toBe(failure);
    expect(close).toHaveBeenCalledTimes(2);
  });
});
