import { startProcess } from '@roomcast/realtime-processes';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../random/seededRandom.ts';
import { payloadCases } from './cases/payloadCases.ts';
import { fuzz } from './fuzz.ts';
import type { FuzzedServerPart, Weakness } from './fuzzedServer.ts';
import { judgeServer } from './judgeWire.ts';
import { tryCases } from './tryCases.ts';

async function startWeakServer(weakness: Weakness) {
  const server = await startProcess<FuzzedServerPart>(new URL('fuzzedServer.ts', import.meta.url));
  return { server, port: await server.calls.open(weakness) };
}

describe.concurrent('the wire scenario', () => {
  it.each<[string, Weakness, RegExp]>([
    ['lets an input through that its schema refuses', 'unvalidated', /^a handler was given /],
    ['throws where nobody catches it', 'uncaught', /^nobody has caught SyntaxError/],
    ['writes to what all objects share', 'polluted', /^every object has "polluted" now$/],
  ])('finds a server that %s', async (_, weakness, message) => {
    const weak = await startWeakServer(weakness);
    await using server = weak.server;
    const record = await fuzz({
      ...{ port: weak.port, random: seededRandom(1), frames: 1_000, perSecond: 10_000 },
      signal: new AbortController().signal,
    });
    const failures = judgeServer(await server.calls.report(), record);
    expect(failures).toContainEqual({ message: expect.stringMatching(message) });
  });

  it('finds a server whose reaction is not the one that is written down', async () => {
    const weak = await startWeakServer('unvalidated');
    await using _server = weak.server;
    const failures = await tryCases(weak.port, payloadCases);
    expect(failures).toContainEqual({
      message:
        'plain, an input: a count of 9: refused INVALID_PAYLOAD is written down, and it was answered',
    });
  });
});
