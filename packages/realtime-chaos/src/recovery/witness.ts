import { isDeepStrictEqual } from 'node:util';
import type { Recovery, RoomPublication } from '@roomcast/realtime-client';
import type { Position, PublicationInput } from '@roomcast/realtime-contract';
import { judge, type LogModel, type LogMoment, type Place, type Verdict } from './logModel.ts';

/** Holds what a client hears of the room against the model: what is not promised is a problem. */
export class Witness {
  readonly problems: string[] = [];
  /** What happened, for whoever has to understand a problem. */
  readonly trace: string[] = [];
  /** How often what was told, such as `join gap expired`. */
  readonly tally: Map<string, number> = new Map();
  readonly #model: LogModel;
  readonly #maxReplay: number;
  readonly #values = new Map<string, PublicationInput>();
  #held: Place | null = null;
  #joins = 0;
  #lastBlink = 0;
  /** What the log was since the client began to come back; empty once it is live. */
  #moments: LogMoment[] = [];

  constructor(model: LogModel, maxReplay: number | null) {
    this.#model = model;
    this.#maxReplay = maxReplay ?? Number.POSITIVE_INFINITY;
  }

  /** Where the client stands by what it has heard; null until it has joined. */
  get held(): Place | null {
    return this.#held;
  }

  /** How many answers to a join were told. */
  get joins(): number {
    return this.#joins;
  }

  /** The newest change of each latest value that the client has heard. */
  get values(): ReadonlyMap<string, PublicationInput> {
    return this.#values;
  }

  note(line: string): void {
    this.trace.push(line);
  }

  problem(text: string): void {
    this.note(`PROBLEM: ${text}`);
    this.problems.push(text);
  }

  /** The client begins to come back. */
  returns(log: LogMoment): void {
    this.#moments = [log];
  }

  /** The log has changed; a client that is on its way back may be answered by either. */
  logChanged(log: LogMoment): void {
    if (this.#moments.length > 0) this.#moments.push(log);
  }

  /** The client has everything: from now on nothing can be missing. */
  isLive(): void {
    this.#moments = [];
  }

  heard({ event, delivery, counter, ...rest }: RoomPublication): void {
    this.note(`heard ${event} ${counter}`);
    if (delivery === 'volatile') {
      this.#takeVolatile(rest.payload);
      return;
    }
    const held = this.#held;
    if (!held || held.life !== this.#model.life) {
      this.problem(`${event} ${counter} of a log that the client is not in`);
      return;
    }
    const name = delivery === 'reliable' ? 'offset' : 'revision';
    const isNext = name === 'offset' ? counter === held.offset + 1 : counter > held.revision;
    if (!isNext) this.problem(`${event} with ${name} ${counter} after ${held[name]}`);
    this.#held = { ...held, [name]: counter };
    const input = this.#model.published(delivery, counter);
    const { payload, key, removed } = rest;
    const heard = [event, payload, key, removed];
    const sent = input && [input.event, input.payload, input.key, input.removed];
    if (!input || !isDeepStrictEqual(heard, sent)) {
      this.problem(`${event} ${counter} was heard as ${JSON.stringify(payload)}`);
    } else if (delivery === 'latest') this.#values.set(key ?? '', input);
  }

  /** @param position - where the client stands by its own account, behind the recovery */
  recovered(recovery: Recovery, position: Position): void {
    const { status, during } = recovery;
    if (during === 'join') this.#joins += 1;
    this.#count(recovery);
    this.note(`told ${during} ${describeRecovery(recovery)}, at ${position.offset}`);
    const held = this.#held;
    const { offset, revision } = position;
    if (!held) {
      if (status !== 'fresh') this.problem(`the first join was ${status}`);
      this.#held = { life: this.#model.life, offset, revision };
      return;
    }
    const maxReplay = during === 'join' ? this.#maxReplay : Number.POSITIVE_INFINITY;
    const verdicts = this.#moments.map((log) => ({ log, verdict: judge(held, log, maxReplay) }));
    const right = verdicts.filter(({ verdict }) => isTold(verdict, recovery));
    if (right.length === 0) {
      const expected = verdicts.map(({ verdict }) => describeRecovery(verdict));
      this.problem(
        `${describeRecovery(recovery)} at ${held.offset}, expected ${[...new Set(expected)].join(' or ') || 'nothing'}`,
      );
    }
    if (status !== 'gap') return;
    const log = right.find((one) => one.log.offset === offset)?.log;
    if (right.length > 0 && !log) this.problem(`the gap leads to ${offset}, where no log ended`);
    if (recovery.reason === 'epoch-changed') this.#values.clear();
    this.#held = { life: this.#model.life, offset, revision };
  }

  /** One that is lost is no problem; one that is late, or comes twice, is. */
  #takeVolatile(payload: unknown): void {
    const { count } = payload as { readonly count: number };
    if (count <= this.#lastBlink) this.problem(`blink ${count} after blink ${this.#lastBlink}`);
    this.#lastBlink = count;
  }

  #count({ during, ...recovery }: Recovery): void {
    const reason = 'reason' in recovery ? recovery.reason : '';
    const name = `${during} ${recovery.status} ${reason}`.trim();
    this.tally.set(name, (this.tally.get(name) ?? 0) + 1);
  }
}

type Told = Pick<Recovery, 'status'> & { readonly reason?: string; readonly missed?: number };

function isTold(verdict: Verdict, recovery: Recovery): boolean {
  return describeRecovery(verdict) === describeRecovery(recovery);
}

function describeRecovery({ status, reason = '', missed }: Told): string {
  return [status, reason, missed].filter((part) => part !== '' && part !== undefined).join(' ');
}
