import type { Position, RoomRequest } from '@roomcast/realtime-contract';
import type { SeededRandom } from '../random/seededRandom.ts';
import type { Company, PlacedRoom } from './company.ts';
import { ConnectedPerson } from './connectedPerson.ts';
import { findIntrusions } from './findIntrusions.ts';
import { foreignNames } from './foreignNames.ts';
import type { GuardedServer } from './guardedServer.ts';

/** Fewer than a session may have, so that no limit refuses what the company admits. */
const maxRooms = 60;

/** A position in a log, as somebody has it who was never there. */
const begin = (head: Position): Position => ({ ...head, offset: 0, revision: 0 });

export interface OperationsOptions {
  readonly company: Company;
  readonly server: GuardedServer;
  readonly random: SeededRandom;
  /** How long what has to come may take. @default 10_000 */
  readonly patienceMs?: number;
}

/** What people do, one thing after the other, and what ought to become of it. */
export class Operations {
  readonly people: readonly ConnectedPerson[];
  /** In which rooms each of them has to be. */
  readonly #expected = new Map<ConnectedPerson, Set<string>>();
  readonly #company: Company;
  readonly #server: GuardedServer;
  readonly #random: SeededRandom;
  refused = 0;

  constructor({ company, server, random, patienceMs = 10_000 }: OperationsOptions) {
    this.#company = company;
    this.#server = server;
    this.#random = random;
    this.people = company.people.map(
      (person) => new ConnectedPerson(server.port, person, patienceMs),
    );
  }

  async start(): Promise<void> {
    for (const one of this.people) {
      const teams = Array.from(one.person.teams, (id) => ({ room: `team-${id}` }));
      await this.#open(one, [{ room: 'notice-0' }, ...teams]);
    }
  }

  /** Does one thing. @returns what it was. @throws where something else became of it */
  async next(): Promise<string> {
    const one = this.#pick(this.people);
    const kinds = [
      ...Array.from({ length: 6 }, () => this.#publish),
      ...Array.from({ length: 4 }, () => this.#join),
      ...[this.#leave, this.#history, this.#history, this.#presence, this.#presence],
      ...[this.#resume, this.#resume, this.#change, this.#change, this.#evict],
      ...[this.#pretend, this.#disguise, this.#disconnect],
    ];
    const what = await this.#pick(kinds).call(this, one);
    await this.#isAsExpected(one, what);
    return what;
  }

  /** Waits until everybody has what it is to have, and nothing else. */
  async settle(): Promise<void> {
    for (const one of this.people) await this.#isAsExpected(one, 'the end');
  }

  async #publish(one: ConnectedPerson): Promise<string> {
    const own = [...this.#roomsOf(one)];
    const room =
      own.length > 0 && this.#random.chance(0.7)
        ? this.#company.room(this.#pick(own))
        : this.#anyRoom();
    if (!room) return 'nothing is published';
    await this.#server.publish(room);
    for (const other of this.people) {
      if (this.#roomsOf(other).has(room.name)) await this.#hasAll(other, room.name);
    }
    return `a publication in ${room.name}`;
  }

  async #join(one: ConnectedPerson): Promise<string> {
    const { name } = this.#anyRoom();
    const what = `${one.person.id}, ${one.person.role}, joins ${name}`;
    if (this.#roomsOf(one).size >= maxRooms) return what;
    const isIn = await one.join(this.#request(name));
    this.#compare(what, isIn, this.#company.maySee(one.person, name));
    if (isIn) this.#roomsOf(one).add(name);
    return what;
  }

  async #leave(one: ConnectedPerson): Promise<string> {
    const name = this.#pick([...this.#roomsOf(one), this.#anyRoom().name]);
    await one.leave(name);
    this.#roomsOf(one).delete(name);
    return `${one.person.id} leaves ${name}`;
  }

  async #history(one: ConnectedPerson): Promise<string> {
    const { name } = this.#anyRoom();
    const what = `${one.person.id}, ${one.person.role}, reads ${name}`;
    const head = this.#server.heads.get(name) ?? { epoch: 'e', offset: 0, revision: 0 };
    const isRead = await one.asks('history', { room: name, since: begin(head) });
    this.#compare(what, isRead, this.#company.maySee(one.person, name));
    return what;
  }

  async #presence(one: ConnectedPerson): Promise<string> {
    const teams = [...this.#roomsOf(one)].filter((name) => name.startsWith('team-'));
    const name = this.#pick([...teams, this.#anyRoom().name]);
    const what = `${one.person.id} is present in ${name}`;
    const isPresent = await one.asks('presence', {
      ...{ room: name, follow: 'members' },
      member: { key: one.person.id, data: { name: one.person.id } },
    });
    const isIn = this.#roomsOf(one).has(name);
    this.#compare(what, isPresent, isIn && this.#company.room(name)?.kind === 'team');
    return what;
  }

  /** Is away for a while, in which its rights may change, and asks for rooms that it had never. */
  async #resume(one: ConnectedPerson): Promise<string> {
    const held = new Map(one.rooms);
    await one.cut();
    if (this.#random.chance(0.4)) this.#changeRights(one);
    const missed = this.#pick([...held.keys(), this.#anyRoom().name]);
    const room = this.#company.room(missed);
    if (room) await this.#server.publish(room);
    for (const other of this.people) {
      if (other !== one && this.#roomsOf(other).has(missed)) await this.#hasAll(other, missed);
    }
    const requests = [...held].map(([name, offset]) => this.#requestFrom(name, offset));
    const foreign = this.#anyRoom().name;
    await this.#open(one, [...requests, ...(held.has(foreign) ? [] : [this.#request(foreign)])]);
    return `${one.person.id} is back`;
  }

  async #change(one: ConnectedPerson): Promise<string> {
    this.#changeRights(one);
    await this.#server.sessions.reauthorise(one.person.id);
    const rooms = this.#roomsOf(one);
    for (const name of rooms) if (!this.#company.maySee(one.person, name)) rooms.delete(name);
    return `${one.person.id} becomes ${one.person.role} of ${[...one.person.teams]}`;
  }

  async #evict(one: ConnectedPerson): Promise<string> {
    const team = [...this.#roomsOf(one)].find((name) => name.startsWith('team-'));
    if (!team || one.person.role === 'guest') return 'nobody is evicted';
    await this.#server.rooms.evict(['team', { id: team.slice('team-'.length) }], one.person.id);
    this.#roomsOf(one).delete(team);
    return `${one.person.id} is taken out of ${team}`;
  }

  /** Says that it is somebody else. */
  async #pretend(one: ConnectedPerson): Promise<string> {
    const other = this.#pick(this.people).person;
    const what = `${one.person.id} says that it is ${other.id}`;
    if (one.person.role === 'guest' || other === one.person) return what;
    this.#compare(what, await one.asks('authenticate', other.id), false);
    return what;
  }

  async #disguise(one: ConnectedPerson): Promise<string> {
    const name = this.#pick(foreignNames);
    const what = `${one.person.id} asks for ${JSON.stringify(name)}`;
    const since = begin(this.#pick([...this.#server.heads.values()]));
    this.#compare(what, await one.join({ room: name, position: since }), false);
    this.#compare(what, await one.asks('history', { room: name, since }), false);
    this.#compare(what, await one.asks('presence', { room: name, follow: 'members' }), false);
    return what;
  }

  async #disconnect(one: ConnectedPerson): Promise<string> {
    if (one.person.role === 'guest') return 'nobody is disconnected';
    const held = new Map(one.rooms);
    await this.#server.sessions.disconnect(one.person.id);
    await one.closed();
    await this.#open(
      one,
      Array.from(held, ([name, offset]) => this.#requestFrom(name, offset)),
    );
    return `${one.person.id} is disconnected, and back`;
  }

  /** Opens a connection, which has to be in what was asked for as far as that may be seen. */
  async #open(one: ConnectedPerson, requests: readonly RoomRequest[]): Promise<void> {
    const own = one.person.role === 'guest' ? [] : [`user-${one.person.id}`];
    const all = [...own, ...requests.map(({ room }) => room)];
    const seen = all.filter((name) => this.#company.maySee(one.person, name));
    this.refused += all.length - seen.length;
    this.#expected.set(one, new Set(seen));
    await one.open(requests);
  }

  #changeRights({ person }: ConnectedPerson): void {
    if (person.role === 'guest') return;
    if (this.#random.chance(0.3)) person.role = this.#pick(['member', 'staff', 'admin']);
    const team = `${this.#random.integer(0, 99)}`;
    const [first] = person.teams;
    if (first !== undefined) person.teams.delete(first);
    person.teams.add(team);
  }

  async #isAsExpected(one: ConnectedPerson, what: string): Promise<void> {
    const expected = this.#roomsOf(one);
    const isSame = () =>
      one.rooms.size === expected.size && [...expected].every((name) => one.rooms.has(name));
    await one.until(isSame, `was in ${[...expected]} alone after ${what}`);
    for (const name of expected) await this.#hasAll(one, name);
    const intrusions = findIntrusions(one, (name) => this.#company.maySee(one.person, name));
    if (intrusions.length > 0) throw new Error(`${what}: ${intrusions.join('; ')}`);
  }

  #hasAll(one: ConnectedPerson, name: string): Promise<void> {
    const offset = this.#server.heads.get(name)?.offset ?? 0;
    return one.until(() => (one.rooms.get(name) ?? 0) >= offset, `had ${offset} of ${name}`);
  }

  #compare(what: string, isGranted: boolean, isRight: boolean): void {
    if (!isGranted) this.refused += 1;
    if (isGranted === isRight) return;
    throw new Error(`${what}: ${isGranted ? 'granted' : 'refused'}, against the company's rules`);
  }

  #roomsOf(one: ConnectedPerson): Set<string> {
    return this.#expected.get(one) ?? new Set();
  }

  #request(room: string): RoomRequest {
    const head = this.#server.heads.get(room);
    return head && this.#random.chance(0.5) ? { room, position: begin(head) } : { room };
  }

  #requestFrom(room: string, offset: number): RoomRequest {
    const head = this.#server.heads.get(room);
    return head ? { room, position: { ...head, offset } } : { room };
  }

  #anyRoom(): PlacedRoom {
    return this.#pick(this.#company.rooms);
  }

  #pick<Value>(values: readonly Value[]): Value {
    return values[this.#random.integer(0, values.length - 1)] as Value;
  }
}
