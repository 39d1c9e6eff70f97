/** Keeps what is sent to a room in the order in which it was asked for, although some takes a while. */
export class RoomTurns {
  readonly #last = new Map<string, Promise<unknown>>();

  /**
   * Sends when what is to be sent is there, and everything that was asked for before has been sent
   * or has failed. It does not wait for how that ended.
   */
  send<Value, Result>(
    room: string,
    prepared: Promise<Value>,
    send: (value: Value) => Promise<Result>,
  ): Promise<Result> {
    const before = this.#last.get(room);
    // In an object, since what is sent must not be waited for.
    const turn = this.#after(before, prepared).then((value) => ({ result: send(value) }));
    const over = turn
      .catch(() => {})
      .then(() => {
        if (this.#last.get(room) === over) this.#last.delete(room);
      });
    this.#last.set(room, over);
    return turn.then(({ result }) => result);
  }

  /** Sends at once where nothing is before it. */
  sendNow<Result>(room: string, send: () => Promise<Result>): Promise<Result> {
    return this.#last.has(room) ? this.send(room, Promise.resolve(), send) : send();
  }

  async #after<Value>(before: Promise<unknown> | undefined, prepared: Promise<Value>) {
    // It may fail long before its turn comes, which is nobody's business until then.
    prepared.catch(() => {});
    await before;
    return prepared;
  }
}
