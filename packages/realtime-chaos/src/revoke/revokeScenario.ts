import { setTimeout } from 'node:timers/promises';
import { startProcess } from '@roomcast/realtime-processes';
import { startRedis } from '@roomcast/realtime-redis/testing';
import { seededRandom } from '../random/seededRandom.ts';
import { scaled } from '../scaled.ts';
import type { Scenario, ScenarioFailure } from '../scenario.ts';
import { judgeBystanders, judgeSilence, judgeTimes, silentSince } from './judgeRevocation.ts';
import type { RevokeNodePart } from './revokeNode.ts';
import { startSockets } from './startSockets.ts';

const fullSockets = 10_000;
const nodeCount = 3;
/** One in so many belongs to somebody else. */
const bystanderShare = 20;
const userId = 'alice';
const settleMs = 500;

/** One user's sockets on all nodes lose their room, and then their session. */
export const revokeScenario: Scenario = {
  name: 'revoke',
  summary: '10,000 sockets on 3 nodes are re-authorised, and then revoked, by one of them',
  smokeScale: 0.03,
  smokeSeeds: 1,
  seeds: 5,

  async run({ seed, scale, progress }) {
    const random = seededRandom(seed);
    await using stack = new AsyncDisposableStack();
    const redis = stack.use(await startRedis());
    const startNode = async () => {
      const node = stack.use(
        await startProcess<RevokeNodePart>(new URL('revokeNode.ts', import.meta.url)),
      );
      return { calls: node.calls, port: await node.calls.open(redis.url) };
    };
    const nodes = await Promise.all(Array.from({ length: nodeCount }, startNode));
    const anyNode = () => nodes[random.integer(0, nodeCount - 1)] as (typeof nodes)[number];
    const sockets = stack.use(await startSockets());
    const isFull = scale >= 1;
    const count = scaled(fullSockets, scale);
    const issuedAtMs = Date.now() - 60_000;
    const token = `${userId} ${issuedAtMs}`;
    await sockets.open(
      Array.from({ length: count + Math.ceil(count / bystanderShare) }, (_, index) => {
        const isMeant = index < count;
        return { port: anyNode().port, token: isMeant ? token : `bob-${index} ${issuedAtMs}` };
      }),
    );
    progress(1, 3);
    const failures: ScenarioFailure[] = [];
    const recordsOf = async (isMeant: boolean) =>
      (await sockets.records()).filter((record) => (record.userId === userId) === isMeant);
    const counted = await anyNode().calls.count();
    const all = (await sockets.records()).length;
    if (counted.total !== all || counted.nodes !== nodeCount || counted.silent > 0) {
      failures.push({ message: `of ${all} sessions ${JSON.stringify(counted)} were counted` });
    }

    await Promise.all(nodes.map(({ calls }) => calls.deny(userId)));
    const work = async () => Promise.all(nodes.map(({ calls }) => calls.cpuMs()));
    const most = (before: readonly number[], after: readonly number[]) =>
      Math.round(Math.max(...after.map((ms, index) => ms - (before[index] ?? 0))));
    const atFirst = await work();
    const reauthorised = await anyNode().calls.reauthorise(userId);
    await sockets.whenTold({ loss: 'refused', userId });
    const refusals = (await recordsOf(true)).map(({ refusedAtMs }) => refusedAtMs);
    const reauthorising = judgeTimes('reauthorised', refusals, { ...reauthorised, isFull });
    progress(2, 3);

    const between = await work();
    const revoking = anyNode();
    const [socketsBefore, revoked] = [await sockets.cpuMs(), await revoking.calls.revoke(userId)];
    await sockets.whenTold({ loss: 'revoked', userId });
    const published = await revoking.calls.published();
    // In which the last publication comes to the sockets of others.
    await setTimeout(settleMs);
    const ended = await recordsOf(true);
    const atLast = await work();
    const socketsCpuMs = most(socketsBefore, await sockets.cpuMs());
    const silence = judgeTimes('revoked', ended.map(silentSince), { ...revoked, isFull });
    // One that starts when all is over, too.
    for (const { port } of [...nodes, await startNode()]) {
      const code = await sockets.refusalOf({ port, token });
      if (code !== 'TOKEN_REVOKED') failures.push({ message: `the token met ${code} afterwards` });
    }
    failures.push(...judgeBystanders(await recordsOf(false), published));
    failures.push(...judgeSilence(ended, revoking.port));
    failures.push(...reauthorising.failures, ...silence.failures);
    progress(3, 3);
    return {
      passed: ended.filter(({ revokedAtMs }) => revokedAtMs !== null).length,
      failures,
      figures: {
        ...{ sockets: count, nodes: nodeCount, ...reauthorising.figures, ...silence.figures },
        // Of the node that had most to do: the same on a machine that does other things as well.
        reauthorisedNodeCpuMs: most(atFirst, between),
        revokedNodeCpuMs: most(between, atLast),
        // As long as it is far from all of the time, the times are those of the nodes.
        revokedSocketsCpuMs: socketsCpuMs,
      },
    };
  },
};
