import type { SeededRandom } from '../random/seededRandom.ts';

const names = [
  ...['book', 'book', 'book', 'echo', 'cancel', 'ping', 'join-hall', 'leave-hall', 'join-team'],
  ...['authenticate', 'roomcast:join', 'roomcast:leave', 'roomcast:history', 'roomcast:presence'],
  ...['roomcast:authenticate', 'roomcast:unknown', 'said', '__proto__', 'constructor', 'toString'],
  ...['error', 'message', '', 'x'.repeat(300), '\ud800', 'then'],
];
/** Socket.IO ends the connection of whoever uses them. */
const reserved = ['connect', 'disconnect', 'disconnecting', 'newListener', 'removeListener'];
const keys = [
  ...['seat', 'count', 'note', 'room', 'position', 'epoch', 'offset', 'revision', 'follow'],
  ...['member', 'key', 'data', 'since', 'limit', 'hallId', 'idempotencyKey', '__proto__'],
  ...['constructor', 'prototype', 'toString', 'toJSON', 'then', '_placeholder', 'num', '', 'token'],
];
const literals = [
  ...['null', 'true', 'false', '0', '-0', '1', '-1', '1.5', '1e400', '-1e400', '9007199254740993'],
  ...['1e-400', '"A1"', '"hall-1"', '"alice"', '"count"', '"members"', '"\\ud800"', '"\\u0000"'],
  ...['""', '"__proto__"', '"\ud83d\ude00"', '"team-1"', '"user-alice"', '[]', '{}', '"e"'],
  ...['{"_placeholder":true,"num":0}', '{"_placeholder":true,"num":"splice"}'],
];
/** What engine.io knows and nobody needs: it goes on behind them. */
const harmless = ['3', '3probe', '6', '5', '0', '0{"sid":"x"}'];

/** Messages that a client might send: some sound, most nearly so. */
export class ArbitraryMessage {
  readonly #random: SeededRandom;

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  /** One that has the form of the protocol, whatever is in it. */
  formed(): string {
    if (this.#random.chance(0.05)) return this.#pick(harmless);
    const id = this.#random.chance(0.8) ? `${this.#random.integer(0, 999)}` : '';
    if (this.#random.chance(0.04)) return `43${id}[${this.json(2)}]`;
    return `42${id}${this.#event()}`;
  }

  /** One that has none: what the parsers above the network make of it is up to them. */
  wild(): string {
    const random = this.#random;
    if (random.chance(0.6)) return this.#mutate(this.formed());
    if (random.chance(0.1)) return `42["${this.#pick(reserved)}",${this.json(1)}]`;
    if (random.chance(0.2)) return `4${random.integer(0, 9)}${this.json(2)}`;
    if (random.chance(0.2)) return `45${this.#attachments()}-${this.#event()}`;
    if (random.chance(0.2)) return `4${this.#pick(['/admin,', '0/x,', '2/__proto__,', '1/'])}`;
    if (random.chance(0.1)) return this.#pick(['1', '2', '2probe', '8', 'b', 'bAAAA']);
    if (random.chance(0.05)) return `42${'['.repeat(random.integer(1_000, 30_000))}`;
    return String.fromCharCode(...Array.from({ length: 12 }, () => random.integer(0, 0x2ff)));
  }

  /** @param depth - how much may still be nested */
  json(depth: number): string {
    const random = this.#random;
    if (depth === 0 || random.chance(0.4)) return this.#pick(literals);
    if (random.chance(0.002)) return nest(random.integer(100, 10_000));
    if (random.chance(0.01)) return '9'.repeat(random.integer(10, 1_000));
    const count = random.integer(0, 4);
    if (random.chance(0.4)) return `[${this.#list(count, () => this.json(depth - 1))}]`;
    const field = () => `${JSON.stringify(this.#pick(keys))}:${this.json(depth - 1)}`;
    return `{${this.#list(count, field)}}`;
  }

  #event(): string {
    const name = this.#pick(names);
    const args = [this.#argument(name), ...(this.#random.chance(0.2) ? [this.json(2)] : [])];
    return `[${[JSON.stringify(name), ...args].join(',')}]`;
  }

  /** Half of them nearly right: what is far from it is refused by the first line that looks. */
  #argument(name: string): string {
    const any = () => this.json(3);
    if (this.#random.chance(0.5)) return any();
    const value = (sound: string) => (this.#random.chance(0.8) ? sound : any());
    const hall = value('"hall-1"');
    const position = `{"epoch":${value('"e"')},"offset":${value('0')},"revision":${value('0')}}`;
    switch (name) {
      case 'book':
        return `{"seat":${value('"A1"')},"count":${value('2')},"note":${value('"x"')}}`;
      case 'join-hall':
      case 'leave-hall':
        return value('"1"');
      case 'authenticate':
      case 'roomcast:authenticate':
        return value('"bob"');
      case 'roomcast:join':
        return `[{"room":${hall}${this.#random.chance(0.5) ? `,"position":${position}` : ''}}]`;
      case 'roomcast:leave':
        return `[${hall}]`;
      case 'roomcast:history':
        return `{"room":${hall},"since":${position},"limit":${value('3')}}`;
      case 'roomcast:presence':
        return `{"room":${hall},"follow":${value('"members"')},"member":{"key":${value('"k"')},"data":${value('{"name":"x"}')}}}`;
      default:
        return any();
    }
  }

  #attachments(): string {
    return this.#pick(['0', '1', '2', '11', '-1', '1e9', '', '4294967295', 'x']);
  }

  #mutate(text: string): string {
    const random = this.#random;
    const at = random.integer(0, text.length);
    const end = random.integer(at, text.length);
    const inserted = this.#pick([...'[]{}",:\\0987-\0\x1e', '1e999', '\ud800', this.json(1)]);
    return this.#pick([
      () => text.slice(0, at),
      () => text.slice(0, at) + text.slice(end),
      () => text.slice(0, at) + inserted + text.slice(at),
      () =>
        text.slice(0, end) + text.slice(at, end).repeat(random.integer(1, 50)) + text.slice(end),
      () => text.slice(0, at) + this.formed().slice(at),
      () =>
        text.slice(0, at) + flip(text.slice(at, at + 1), random.integer(0, 7)) + text.slice(at + 1),
    ])();
  }

  #list(count: number, one: () => string): string {
    return Array.from({ length: count }, one).join(',');
  }

  #pick<Item>(items: readonly Item[]): Item {
    return items[this.#random.integer(0, items.length - 1)] as Item;
  }
}

function nest(depth: number): string {
  return '['.repeat(depth) + ']'.repeat(depth);
}

function flip(character: string, bit: number): string {
  return character && String.fromCharCode(character.charCodeAt(0) ^ (1 << bit));
}
