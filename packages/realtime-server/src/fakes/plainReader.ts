import type { FakeConnection } from './fakeConnection.ts';

/** A plain client in one room, to which ever higher numbers are published. */
export class PlainReader {
  readonly connection: FakeConnection;
  /** The number of the last that came. */
  newest = 0;
  #read = 0;

  constructor(connection: FakeConnection) {
    this.connection = connection;
  }

  /** Takes what was written since it last looked, and tells what came twice or out of order. */
  read(): readonly string[] {
    const events = this.connection.written.slice(this.#read).flat().map(parseEvent);
    this.#read = this.connection.written.length;
    return events.flatMap(([event, payload]) => {
      if (event !== 'posted') return [];
      const last = this.newest;
      this.newest = Number.parseInt(payload, 10);
      return this.newest > last ? [] : [`plain: ${this.newest} after ${last}`];
    });
  }
}

function parseEvent(packet: string | Buffer): [event: string, payload: string] {
  return JSON.parse(String(packet).slice(1));
}
