import { describe, expect, it } from 'vitest';
import { seededRandom } from '../random/seededRandom.ts';
import { Company } from './company.ts';
import { foreignNames } from './foreignNames.ts';
import { type GuardedServer, startGuardedServer } from './guardedServer.ts';
import { Operations } from './operations.ts';

/** So many that each kind of operation is among them many times. */
const enough = 400;

async function operate(
  company: Company,
  server: GuardedServer,
  patienceMs?: number,
): Promise<void> {
  const random = seededRandom(7);
  const operations = new Operations({ company, server, random, ...(patienceMs && { patienceMs }) });
  try {
    await operations.start();
    for (let done = 0; done < enough; done += 1) await operations.next();
  } finally {
    await Promise.all(operations.people.map((one) => one.cut()));
  }
}

describe('the authorisation scenario', () => {
  it('finds nothing in a server that asks the company', async () => {
    const company = new Company();
    await using server = await startGuardedServer(company);
    await expect(operate(company, server)).resolves.toBeUndefined();
  });

  it('finds a server that lets anybody into the rooms of the staff', async () => {
    const company = new Company();
    await using server = await startGuardedServer(company, ({ user }, rooms) => {
      const person = company.person(user?.id ?? '');
      return rooms.map(
        ({ kind, params }) =>
          kind === 'staff' || (!!person && company.maySee(person, `${kind}-${params.id}`)),
      );
    });
    await expect(operate(company, server)).rejects.toThrow(/(?:joins|reads) staff-\d: granted/);
  });

  it('finds a server that does not act on a change of rights', async () => {
    const company = new Company();
    await using server = await startGuardedServer(company);
    const sessions = { ...server.sessions, reauthorise: async () => {} };
    await expect(operate(company, { ...server, sessions }, 1_000)).rejects.toThrow(
      /was in .* alone after p\d+ becomes/,
    );
  });

  it('finds a server that leaves people in rooms that they were taken out of', async () => {
    const company = new Company();
    await using server = await startGuardedServer(company);
    const rooms = { ...server.rooms, evict: async () => {} };
    await expect(operate(company, { ...server, rooms }, 1_000)).rejects.toThrow(
      /was in .* alone after p\d+ is taken out/,
    );
  });

  it('finds a publication that reaches somebody who is not in the room', async () => {
    const company = new Company();
    await using server = await startGuardedServer(company);
    const publish: GuardedServer['publish'] = async (room) => {
      await server.publish(room);
      const notice = company.room('notice-0');
      if (room.kind === 'team' && notice) await server.leak(notice, `secret of ${room.name}`);
    };
    await expect(operate(company, { ...server, publish })).rejects.toThrow(
      /p\d+ was sent "secret of team-\d+" in notice-0/,
    );
  });
});

it('knows more than 100 names that are no rooms', () => {
  const company = new Company();
  const names = foreignNames.map((name) => JSON.stringify(name));
  expect(new Set(names).size).toBeGreaterThanOrEqual(100);
  expect(foreignNames.filter((name) => company.room(name as string))).toEqual([]);
});
