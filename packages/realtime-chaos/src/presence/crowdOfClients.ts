import type { RemoteCalls } from '@roomcast/realtime-processes';
import { preciseNow } from '../clock/preciseNow.ts';
import { pause } from '../cluster/pause.ts';
import type { SeededRandom } from '../random/seededRandom.ts';
import type { ClientsPart } from './clientsPart.ts';
import type { Departure } from './judgeGhosts.ts';
import { crowd, type Lobby, lobbies } from './presenceContract.ts';
import { PresenceModel } from './presenceModel.ts';

const small = lobbies.filter((lobby) => lobby !== crowd);
const clientCount = 24;
/** So that each user has two clients, which are two members. */
const userCount = 12;
/** How many are in a lobby at most that is never full, with some that have gone and are still seen. */
const maxInLobby = 10;
/** What happens instead of an entry, a leaving or an update, and in which part of all cases. */
const parts = { cut: 0.1, away: 0.13, vanish: 0.15, close: 0.17 };
/** The part of the grace for which a connection is cut at most. */
const shortPart = 0.4;

export interface CrowdOptions {
  readonly members: RemoteCalls<ClientsPart>;
  readonly observers: RemoteCalls<ClientsPart>;
  readonly observerNames: readonly string[];
  readonly random: SeededRandom;
  /** How long the members of a lost connection stay. */
  readonly graceMs: number;
  readonly signal: AbortSignal;
}

/** Clients that come and go at random, and the model of where they are. */
export class CrowdOfClients {
  readonly model = new PresenceModel();
  readonly departures: Departure[] = [];
  readonly counts = { entries: 0, leavings: 0, updates: 0, cuts: 0, aways: 0, gone: 0 };
  readonly #options: CrowdOptions;
  /** Of each place, who has it now. */
  readonly #names: string[] = [];
  readonly #away = new Map<string, Promise<void>>();
  #version = 0;

  constructor(options: CrowdOptions) {
    this.#options = options;
  }

  async open(): Promise<void> {
    // One after the other, so that the choices of each are those of the seed.
    for (let place = 0; place < clientCount; place += 1) await this.#open(place);
    await this.#options.members.whenConnected();
  }

  /** Lets one thing happen. */
  async step(): Promise<void> {
    const { random, observers, observerNames, graceMs } = this.#options;
    const place = random.integer(0, clientCount - 1);
    const name = this.#names[place] ?? '';
    const lot = random.integer(0, 999) / 1_000;
    if (lot < parts.cut) {
      this.counts.cuts += 1;
      const observer = observerNames[random.integer(0, 3 * observerNames.length)];
      if (observer) await observers.cut(observer);
      // Back in time, most often so late that without a grace everybody would have seen it.
      else await this.#goAway(name, random.integer(0, shortPart * graceMs));
    } else if (lot < parts.away) {
      this.counts.aways += 1;
      await this.#goAway(name, graceMs + random.integer(1_000, 2_500));
    } else if (lot < parts.vanish) await this.vanish();
    else if (lot < parts.close) await this.#close(place);
    else await this.#move(name, this.#anyOf(lobbies));
  }

  /** Somebody goes without a word, for good, and somebody else comes. */
  async vanish(meanwhile: () => Promise<void> = async () => {}): Promise<void> {
    const { members, random } = this.#options;
    // In the crowd it may be one that nobody sees.
    const isSeen = (one: string) => small.some((lobby) => this.model.isIn(one, lobby));
    const seen = this.#names.filter((one) => isSeen(one) && !this.#away.has(one));
    if (seen.length === 0) return meanwhile();
    const name = seen[random.integer(0, seen.length - 1)] ?? '';
    const place = this.#names.indexOf(name);
    this.#depart(name);
    await members.block(name);
    await meanwhile();
    await members.close(name);
    await this.#open(place);
  }

  /** Everybody who is in the crowd says something else of itself: who found no place looks again. */
  async reenterCrowd(): Promise<void> {
    for (const name of [...this.model.members(crowd).keys()]) await this.#enter(name, crowd);
  }

  /** Resolves when everybody has a connection. */
  async settle(): Promise<void> {
    await Promise.all(this.#away.values());
    await Promise.all(
      [this.#options.members, this.#options.observers].map((one) => one.whenConnected()),
    );
  }

  async #move(name: string, lobby: Lobby): Promise<void> {
    const { members, random } = this.#options;
    const isIn = this.model.isIn(name, lobby);
    if (!isIn && lobby !== crowd && this.model.members(lobby).size >= maxInLobby) return;
    // The crowd is to be more than its room lists.
    const isLeaving = isIn && random.chance(lobby === crowd ? 0.1 : 0.5);
    if (!isLeaving) {
      this.counts[isIn ? 'updates' : 'entries'] += 1;
      await this.#enter(name, lobby);
      return;
    }
    this.counts.leavings += 1;
    this.model.leave(name, lobby, preciseNow());
    await members.leave({ name, lobby });
  }

  async #enter(name: string, lobby: Lobby): Promise<void> {
    this.#version += 1;
    const version = this.#version;
    this.model.enter(name, lobby, { userId: userOf(name), version }, preciseNow());
    await this.#options.members.enter({ name, lobby, version });
  }

  /** Has no connection for a while, and comes back. */
  async #goAway(name: string, awayMs: number): Promise<void> {
    if (this.#away.has(name)) return;
    const { members, signal } = this.#options;
    await members.block(name);
    const back = pause(awayMs, signal).then(async () => {
      await members.restore(name);
      this.#away.delete(name);
    });
    this.#away.set(name, back);
  }

  async #close(place: number): Promise<void> {
    const name = this.#names[place] ?? '';
    await this.#away.get(name);
    this.#depart(name);
    await this.#options.members.close(name);
    await this.#open(place);
  }

  #depart(name: string): void {
    const atMs = preciseNow();
    this.counts.gone += 1;
    this.model.vanish(name, atMs);
    this.departures.push({ name, atMs });
  }

  async #open(place: number): Promise<void> {
    const generation = this.departures.length;
    const name = `${place}.${generation}`;
    this.#names[place] = name;
    await this.#options.members.open({ name, userId: userOf(name), isObserver: false });
    await this.#enter(name, crowd);
    await this.#move(name, this.#anyOf(small));
  }

  #anyOf(some: readonly Lobby[]): Lobby {
    return some[this.#options.random.integer(0, some.length - 1)] ?? crowd;
  }
}

function userOf(name: string): string {
  return `user-${Number.parseInt(name, 10) % userCount}`;
}
