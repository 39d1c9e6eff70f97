import { type SeededRandom, seededRandom } from '../random/seededRandom.ts';
import { scaled } from '../scaled.ts';
import type { Scenario, ScenarioFailure } from '../scenario.ts';
import { createResumingClient, type ResumingClient } from './resumingClient.ts';
import { resumeRevoked, revocations } from './revokedResume.ts';
import { type SlowServer, startSlowServer } from './slowServer.ts';
import { eventIds, startPublishing } from './startPublishing.ts';

const fullResumes = 1_000;
/** The part of all resumes whose users are revoked on their way. */
const revokedPart = 0.2;
const fullClients = 40;

/** Clients come back through slow authentication while everything is published on. */
export const authResumeScenario: Scenario = {
  name: 'auth-resume',
  summary:
    '1,000 resumes with up to 500 ms of authentication each; nothing lost, nothing for revoked users',
  smokeScale: 0.05,

  async run({ seed, scale, signal, progress }) {
    const random = seededRandom(seed);
    const total = scaled(fullResumes, scale);
    const revoked = Math.ceil(total * revokedPart);
    const failures: ScenarioFailure[] = [];
    let passed = 0;
    const attempt: Attempt = async (resume) => {
      if (signal.aborted) return;
      const failure = await failureOf(resume());
      if (failure) failures.push(failure);
      else passed += 1;
      progress(passed + failures.length, total);
    };

    await using slow = await startSlowServer(random.fork());
    const publishing = startPublishing(slow);
    await using clients = await startClients(slow, random, Math.min(fullClients, total - revoked));
    await Promise.all([
      resumeEach(clients.all, total - revoked, attempt),
      resumeRevokedUsers(slow, revoked, attempt),
    ]);
    const published = await publishing.stop();
    const endings = clients.all.map((client) => failureOf(client.hears(published)));
    failures.push(...(await Promise.all(endings)).filter((failure) => failure !== null));
    const figures = { resumes: total, revoked, publicationsPerRoom: published };
    return { passed, failures, figures };
  },
};

type Attempt = (resume: () => Promise<void>) => Promise<void>;

async function startClients(slow: SlowServer, random: SeededRandom, count: number) {
  const all = await Promise.all(
    Array.from({ length: count }, (_, index) =>
      createResumingClient({
        ...{ slow, userId: `user-${index}`, random: random.fork() },
        eventId: eventIds[index % eventIds.length] ?? '1',
      }),
    ),
  );
  await Promise.all(all.map((client) => client.start()));
  return {
    all,
    async [Symbol.asyncDispose]() {
      await Promise.all(all.map((client) => client[Symbol.asyncDispose]()));
    },
  };
}

/** Each client by itself, one resume after the other. */
async function resumeEach(clients: readonly ResumingClient[], count: number, attempt: Attempt) {
  let rest = count;
  await Promise.all(
    clients.map(async (client) => {
      for (; rest > 0; ) {
        rest -= 1;
        await attempt(client.resume);
      }
    }),
  );
}

/** Some of each way to be revoked side by side. */
async function resumeRevokedUsers(slow: SlowServer, count: number, attempt: Attempt) {
  const laneCount = 4 * revocations.length;
  const lanes = Array.from({ length: laneCount }, async (_, lane) => {
    const revocation = revocations[lane % revocations.length] ?? 'before';
    for (let index = lane; index < count; index += laneCount) {
      const eventId = eventIds[index % eventIds.length] ?? '1';
      const userId = `revoked-${index}`;
      await attempt(() => resumeRevoked({ slow, userId, eventId, revocation }));
    }
  });
  await Promise.all(lanes);
}

async function failureOf(work: Promise<void>): Promise<ScenarioFailure | null> {
  try {
    await work;
    return null;
  } catch (error) {
    return { message: error instanceof Error ? error.message : String(error) };
  }
}
