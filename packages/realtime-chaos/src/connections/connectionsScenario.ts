import { setTimeout } from 'node:timers/promises';
import { startProcess } from '@roomcast/realtime-processes';
import { scaled } from '../scaled.ts';
import type { Scenario, ScenarioFailure } from '../scenario.ts';
import { type Attempt, attempt, lifetime, manyTimes, openFrom, whenClosed } from './attempt.ts';
import type { DoorPart } from './doorPart.ts';
import {
  judgeAbandoned,
  judgeCap,
  judgeConnects,
  judgeEmpty,
  judgeLifetimes,
} from './judgeConnections.ts';
import { slowRequest } from './slowRequests.ts';

const full = { attempts: 5_000, closes: 1_000, silent: 200, abandoned: 2_000, slow: 50 };
const limits = { maxConnectionsPerAddress: 100, maxConnectionsPerUser: 20 };
const { maxConnectionsPerAddress: addressCap, maxConnectionsPerUser: userCap } = limits;
const atOnce = 100;
/** What a server has by itself; shorter where the run is small. */
const times = { anonymousTimeoutMs: 4_500, headersTimeoutMs: 5_000, requestTimeoutMs: 10_000 };
/** Beyond what was set: the steps in which times are looked at, and the way of the news. */
const slackMs = 500;
/** How long a connection may take to close that was told so. */
const maxCloseMs = 2_000;
/** As slow requests are looked for. */
const slowSlackMs = 1_500;

interface Trial {
  readonly scale: number;
  readonly times: typeof times;
  readonly port: number;
  readonly calls: Awaited<ReturnType<typeof startProcess<DoorPart>>>['calls'];
}

type Run = (trial: Trial) => Promise<readonly ScenarioFailure[]>;

/** Whoever opens connections and does not behave. */
export const connectionsScenario: Scenario = {
  name: 'connections',
  summary: 'caps are exact under 10,000 attempts; who says nothing, is slow or goes leaves nothing',
  smokeScale: 0.02,
  smokeSeeds: 1,

  async run({ scale, signal, progress }) {
    const part = Math.max(0.1, Math.min(1, scale));
    const shorter = {
      anonymousTimeoutMs: times.anonymousTimeoutMs * part,
      headersTimeoutMs: times.headersTimeoutMs * part,
      requestTimeoutMs: times.requestTimeoutMs * part,
    };
    await using door = await startProcess<DoorPart>(new URL('doorPart.ts', import.meta.url));
    const { calls } = door;
    const port = await calls.listen({ ...limits, ...shorter, handshakesPerSecond: 1e6 });
    const failures: ScenarioFailure[] = [];
    let passed = 0;
    let done = 0;
    const perform = async ([name, run]: readonly [string, Run]) => {
      if (signal.aborted) return;
      const found = await run({ scale, port, calls, times: shorter });
      failures.push(...found.map(({ message }) => ({ message: `${name}: ${message}` })));
      if (found.length === 0) passed += 1;
      done += 1;
      progress(done, busy.length + waiting.length);
    };
    for (const one of busy) await perform(one);
    // They do little but wait.
    await Promise.all(waiting.map(perform));
    return { passed, failures, figures: { trials: done, attempts: 2 * attemptsOf(scale) } };
  },
};

const attemptsOf = (scale: number) => Math.max(3 * addressCap, scaled(full.attempts, scale));

/** Ends all who are connected, and waits until the server has noticed. */
async function untilEmpty({ calls }: Trial, attempts: readonly Attempt[]) {
  for (const { socket } of attempts) socket.terminate();
  for (let looks = 0; looks < 200 && (await calls.count()).sessions > 0; looks += 1) {
    await setTimeout(10);
  }
  return judgeEmpty(await calls.count());
}

const ofAddress: Run = async (trial) => {
  const { scale, port, calls } = trial;
  const attempts = await manyTimes(attemptsOf(scale), atOnce, (index) =>
    attempt({ port, address: `2001:db8:1:2::${index.toString(16)}`, token: `user-${index}` }),
  );
  const failures = judgeCap(addressCap, attempts, await calls.count());
  return [...failures, ...(await untilEmpty(trial, attempts))];
};

const ofUser: Run = async (trial) => {
  const { scale, port, calls } = trial;
  const attempts = await manyTimes(attemptsOf(scale), atOnce, (index) =>
    attempt({ port, address: `192.0.2.${index % 250}`, token: 'alice' }),
  );
  const failures = judgeCap(userCap, attempts, await calls.count());
  return [...failures, ...(await untilEmpty(trial, attempts))];
};

const ofManyConnects: Run = async (trial) => {
  const { port, calls } = trial;
  const before = (await calls.count()).authentications;
  const messages = Array<string>(500).fill('40{"token":"slow"}');
  const { socket } = await attempt({ port, address: '198.51.100.1', messages });
  const isClosed = await Promise.race([
    whenClosed(socket).then(() => true),
    setTimeout(maxCloseMs, false, { ref: false }),
  ]);
  await calls.release();
  return judgeConnects((await calls.count()).authentications - before, isClosed);
};

const ofThoseWhoGo: Run = async (trial) => {
  const { scale, port, calls } = trial;
  const address = '198.51.100.2';
  for (let left = scaled(full.closes, scale); left > 0; left -= addressCap) {
    const now = Math.min(addressCap, left);
    const { authentications } = await calls.count();
    const sockets = Array.from({ length: now }, () => {
      const socket = openFrom({ port, address });
      socket.on('message', () => socket.send('40{"token":"slow"}'));
      return socket;
    });
    while ((await calls.count()).authentications < authentications + now) await setTimeout(5);
    for (const socket of sockets) socket.terminate();
    // The places of those who have gone are free when the server has noticed.
    await setTimeout(100);
  }
  await calls.release();
  // As many get in as if nobody had been there.
  const attempts = await manyTimes(2 * addressCap, atOnce, (index) =>
    attempt({ port, address, token: `user-${index}` }),
  );
  const failures = judgeCap(addressCap, attempts, await calls.count());
  return [...failures, ...(await untilEmpty(trial, attempts))];
};

const withoutConnect: Run = async ({ scale, port, times: { anonymousTimeoutMs } }) => {
  const count = scaled(full.silent, scale);
  const lifetimes = await manyTimes(count, count, (index) =>
    lifetime(openFrom({ port, address: `203.0.113.${index % 250}` })),
  );
  return judgeLifetimes(anonymousTimeoutMs + slackMs, lifetimes);
};

const asGuests: Run = async ({ scale, port, times: { anonymousTimeoutMs } }) => {
  const count = scaled(full.silent, scale);
  const lifetimes = await manyTimes(count, count, async (index) => {
    const { socket } = await attempt({ port, address: `203.0.113.${index % 250}` });
    return lifetime(socket);
  });
  return judgeLifetimes(anonymousTimeoutMs + slackMs, lifetimes);
};

const ofPolling: Run = async ({ scale, port, times: { anonymousTimeoutMs } }) => {
  const ask = async () => {
    const response = await fetch(`http://127.0.0.1:${port}/socket.io/?EIO=4&transport=polling`, {
      headers: { 'x-forwarded-for': '198.51.100.3' },
    });
    await response.text();
    return response.status;
  };
  const startedAtMs = performance.now();
  const count = Math.max(2 * addressCap, scaled(full.abandoned, scale));
  const statuses = await manyTimes(count, atOnce, ask);
  // Where it took so long, the places of the first are free again, once or more often.
  const rounds = Math.ceil((performance.now() - startedAtMs) / anonymousTimeoutMs);
  await setTimeout(anonymousTimeoutMs + slackMs);
  return judgeAbandoned(rounds * addressCap, statuses, await ask());
};

const slow =
  (kind: 'headers' | 'body'): Run =>
  async ({ scale, port, times: { headersTimeoutMs, requestTimeoutMs } }) => {
    const count = scaled(full.slow, scale);
    const maxMs = (kind === 'headers' ? headersTimeoutMs : requestTimeoutMs) + slowSlackMs;
    return judgeLifetimes(
      maxMs,
      await manyTimes(count, count, () => slowRequest(port, kind, 2 * maxMs)),
    );
  };

const busy: readonly (readonly [string, Run])[] = [
  ['of one address', ofAddress],
  ['of one user', ofUser],
  ['500 CONNECTs', ofManyConnects],
  ['closed during authentication', ofThoseWhoGo],
];

const waiting: readonly (readonly [string, Run])[] = [
  ['without a CONNECT', withoutConnect],
  ['guests in no room', asGuests],
  ['abandoned polling', ofPolling],
  ['slow headers', slow('headers')],
  ['slow bodies', slow('body')],
];
