import type { Position } from '@roomcast/realtime-contract';
import {
  compressionFeatures,
  contractDictionary,
} from '@roomcast/realtime-contract/compressed-frames';
import { vi } from 'vitest';
import { createFakeManager, type FakeManager } from './createFakeManager.ts';
import { createTestContract } from './createTestContract.ts';
import { createFakeBroker, type FakeBroker } from './fakeBroker.ts';
import type { FakeConnection } from './fakeConnection.ts';
import { FramedClient } from './framedClient.ts';
import { PlainReader } from './plainReader.ts';
import type { StageStep, Who } from './stageStep.ts';

interface Person {
  readonly connection: FakeConnection;
  readonly client: FramedClient;
}

type Steps = { [Name in StageStep['do']]: (step: Extract<StageStep, { do: Name }>) => unknown };

const rooms = ['event-1', 'team-1'];
const dictionary = contractDictionary(createTestContract());
const nowhere: Position = { epoch: 'of no log', offset: 3, revision: 3 };
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A server whose log is far away, with two framed clients and a plain one. */
export class FakeStage {
  /** What went wrong: what clients were sent that they must not be sent, and what was reported. */
  readonly complaints: string[] = [];
  readonly #broker: FakeBroker = createFakeBroker({ maxPage: 2, isRemote: true });
  readonly #admitted: Set<string> = new Set(['alice', 'bob']);
  readonly #server: FakeManager;
  readonly #people = new Map<Who, Person>();
  #plain: PlainReader | undefined;
  /** The payload of every publication, by `<room> <epoch> <delivery> <counter>`. */
  readonly #published = new Map<string, string>();

  constructor(batchWindowMs: number) {
    this.#server = createFakeManager({
      ...{ broker: this.#broker, tokenGraceMs: 3_000, batchWindowMs },
      authorise: ({ user }, asked) => asked.map(() => this.#admitted.has(user?.id ?? '')),
      onError: (error, source) => {
        // What a step makes fail is `down`.
        if ((error as Error).message !== 'down') this.complaints.push(`${source}: ${error}`);
      },
    });
  }

  /** Lets everybody in, and the framed clients into both rooms. */
  async open(): Promise<void> {
    this.#plain = new PlainReader(await this.#server.connectPlain('carol'));
    await this.#connect('alice');
    await this.#connect('bob');
    await this.#calm();
  }

  async take(step: StageStep): Promise<void> {
    const take = this.#steps[step.do] as (step: StageStep) => unknown;
    await take(step);
    await turn();
    this.#look();
  }

  /** Lets everything that waits come to its end, and publishes to every room once more. */
  async rest(): Promise<void> {
    for (const [who, { connection, client }] of this.#people) {
      connection.drain();
      client.renew(who);
    }
    this.#broker.settleAlways();
    for (let second = 0; second < 6; second += 1) {
      await turn();
      await vi.advanceTimersByTimeAsync(1_000);
    }
    for (const room of rooms) this.#publish(room, false);
    // The last batch may wait for its window, and for being compressed on another thread.
    await vi.advanceTimersByTimeAsync(1_000);
    await until(() => {
      this.#look();
      return this.behind().length === 0;
    });
  }

  /** Sends everybody away, and tells what is left of them. */
  async close(): Promise<readonly string[]> {
    for (const { connection } of this.#people.values()) connection.disconnect();
    this.#plain?.connection.disconnect();
    await vi.advanceTimersByTimeAsync(30_000);
    const left = () => {
      const { followed, waiting } = this.#broker;
      return [...followed, ...waiting, ...this.#server.membership.rooms()];
    };
    await until(() => left().length === 0);
    return left();
  }

  /** Who does not have all that is in the log of its rooms, or is where it may not be. */
  behind(): readonly string[] {
    const missing = [...this.#people].flatMap(([who, { connection, client }]) => {
      if (!connection.isOpen) return [];
      const isIntruder = connection.isIn('team-1') && !this.#admitted.has(who);
      const late = [...client.held].filter(([room, held]) => {
        const end = this.#broker.standing(room);
        return !connection.isIn(room) || JSON.stringify(held) !== JSON.stringify(end);
      });
      return [...(isIntruder ? [`${who} may not be in team-1`] : []), ...late.map(tellLate)];
    });
    const newest = this.#published.size - 1;
    const isPlainLate = this.#plain?.connection.isIn('event-1') && this.#plain.newest !== newest;
    return isPlainLate ? [...missing, 'carol'] : missing;
  }

  readonly #steps: Steps = {
    publish: ({ room, isLatest }) => this.#publish(room, isLatest),
    settle: ({ nth }) => this.#settle(nth),
    fail: ({ nth }) => this.#settle(nth, new Error('down')),
    calm: () => this.#calm(),
    wait: () => vi.advanceTimersByTimeAsync(1_000),
    miss: ({ room }) => {
      this.#publish(room, false, false);
      this.#broker.breakRoom(room, 'overflow');
    },
    trim: ({ room }) => this.#broker.trim(room),
    restart: ({ room }) => {
      this.#broker.restart(room);
      this.#broker.breakRoom(room, 'epoch-changed');
    },
    stall: ({ who }) => this.#people.get(who)?.connection.stall(),
    fill: ({ who }) => {
      const connection = this.#people.get(who)?.connection;
      connection?.stall();
      if (connection) connection.waitingBytes = Number.POSITIVE_INFINITY;
    },
    drain: ({ who }) => this.#people.get(who)?.connection.drain(),
    join: ({ who, room, from }) => {
      const client = this.#people.get(who)?.client;
      const known = client?.history.get(room) ?? [];
      client?.join(room, from === -2 ? nowhere : known[from % Math.max(1, known.length)]);
    },
    leave: ({ who, room }) => this.#people.get(who)?.client.leave(room),
    renew: ({ who, lifeS }) =>
      this.#people.get(who)?.client.renew(`${who} ${Date.now() + 1_000 * lifeS + 500}`),
    reconnect: ({ who }) => this.#connect(who),
    evict: ({ who }) => this.#server.manager.rooms.evict(['event', { eventId: '1' }], who),
    revoke: ({ who }) => this.#server.manager.sessions.revokeUser(who),
    admit: ({ who }) => this.#admitted.add(who),
    refuse: ({ who }) => {
      this.#admitted.delete(who);
      return this.#server.manager.sessions.reauthorise(who);
    },
    ask: () => this.#plain?.connection.request('join-event', '1'),
  };

  async #connect(who: Who): Promise<void> {
    const before = this.#people.get(who)?.client;
    const asked = before
      ? [...before.held].map(([room, position]) => ({ room, position }))
      : rooms.map((room) => ({ room }));
    const session = before?.secret ?? null;
    const connection = await this.#server.connect(`${who} ${Date.now() + 5_000}`, {
      // One of the two reads compressed frames.
      ...(who === 'alice' && { features: compressionFeatures(dictionary) }),
      rooms: asked,
      ...(session !== null && { session }),
    });
    this.#people.set(who, { connection, client: new FramedClient(connection, asked) });
  }

  #publish(room: string, isLatest: boolean, isHeard = true): void {
    const payload = payloadOf(this.#published.size + 1);
    const key = `key ${this.#published.size % 3}`;
    const publish = isHeard ? this.#broker.emit : this.#broker.lose;
    const parts = isLatest ? ({ delivery: 'latest', event: 'price', key } as const) : {};
    const { delivery, position } = publish(room, payload, parts);
    const counter = isLatest ? position.revision : position.offset;
    this.#published.set(`${room} ${position.epoch} ${delivery} ${counter}`, payload);
  }

  async #settle(nth: number, error?: Error): Promise<void> {
    const { waiting } = this.#broker;
    const work = waiting[nth % Math.max(1, waiting.length)];
    if (work) await this.#broker.settle(work, error);
  }

  async #calm(): Promise<void> {
    while (this.#broker.waiting.length > 0) await this.#settle(0);
  }

  #look(): void {
    for (const [who, { client }] of this.#people) {
      try {
        client.read();
        for (const [what, payload] of client.received) {
          if (this.#published.get(what) !== payload) throw new Error(`${what} was ${payload}.`);
        }
      } catch (error) {
        this.complaints.push(`${who}: ${(error as Error).message}`);
      }
    }
    this.complaints.push(...(this.#plain?.read() ?? []));
  }
}

/** Gives other threads the time that they need; not as long where something never comes. */
async function until(isDone: () => boolean): Promise<void> {
  const deadlineMs = performance.now() + 2_000;
  do await turn();
  while (!isDone() && performance.now() < deadlineMs);
}

/** A number, in so many bytes that it is compressed not at all, at once, or on another thread. */
function payloadOf(count: number): string {
  return `${count} `.padEnd([0, 200, 4_000][count % 3] ?? 0, 'a seat in the middle, ');
}

function tellLate([room, { epoch, offset, revision }]: readonly [string, Position]): string {
  return `${room}: ${epoch} ${offset} ${revision}`;
}
