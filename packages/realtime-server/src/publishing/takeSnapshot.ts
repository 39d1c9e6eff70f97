import type { Broker } from '@roomcast/realtime-broker';
import type { Position } from '@roomcast/realtime-contract';

/** Data that says where its room's log stood when it was read. */
export interface Snapshot<Data> {
  /** The room's name. */
  readonly room: string;
  /** What was published up to here is in `data`; some of what follows may be in it as well. */
  readonly position: Position;
  readonly data: Data;
}

/** The position first and the data then: the other way round, what falls between would be lost. */
export async function takeSnapshot<Data>(
  broker: Broker,
  room: string,
  read: () => Data | Promise<Data>,
): Promise<Snapshot<Data>> {
  const position = await broker.position(room);
  return { room, position, data: await read() };
}
