import { Recorder } from './recorder.ts';

/** Recorders of one kind, such as of events, by name. */
export class RecordersByName {
  readonly #recorders = new Map<string, Recorder<unknown>>();
  readonly #assertOpen: (() => void) | undefined;

  /** @param assertOpen - throws while nothing can come, so that nobody waits for it */
  constructor(assertOpen?: () => void) {
    this.#assertOpen = assertOpen;
  }

  of(name: string): Recorder<unknown> {
    const known = this.#recorders.get(name);
    if (known) return known;
    const recorder = new Recorder<unknown>(`"${name}"`, () => this.#summary(), this.#assertOpen);
    this.#recorders.set(name, recorder);
    return recorder;
  }

  #summary(): string {
    const waiting = [...this.#recorders].filter(([, { untaken }]) => untaken.length > 0);
    if (waiting.length === 0) return 'Nothing else is waiting to be taken.';
    const list = waiting.map(([name, { untaken }]) => `${untaken.length} × "${name}"`).join(', ');
    return `Waiting to be taken: ${list}.`;
  }
}
