import { invokeGuarded, type ReportError } from '@roomcast/realtime-contract';

/** Keeps what happens in a room in its order, although some of it has to wait. */
export class RoomTurns {
  readonly #report: ReportError;
  /** Another map once all were forgotten: whoever finds another one is forgotten itself. */
  #last = new Map<string, Promise<void>>();

  constructor(report: ReportError) {
    this.#report = report;
  }

  /** Whether something of the room waits. */
  has(room: string): boolean {
    return this.#last.has(room);
  }

  /**
   * Goes on when a value is there and all before it in the room have gone on.
   *
   * @param value - must not reject
   */
  run<Value>(room: string, value: Promise<Value>, act: (value: Value) => void): void {
    const turns = this.#last;
    const before = turns.get(room);
    const turn = Promise.all([value, before]).then(([ready]) => {
      if (turns.get(room) === turn) turns.delete(room);
      if (turns === this.#last) invokeGuarded(() => act(ready), 'opening', this.#report);
    });
    turns.set(room, turn);
  }

  /** What waits does not go on any more. */
  clear(): void {
    this.#last = new Map();
  }
}
