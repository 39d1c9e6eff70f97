import type { Position } from '@roomcast/realtime-contract';
import { type Authorise, WebSocketManager } from '@roomcast/realtime-server';
import { authorisationContract, eventOf, type RoomKindName } from './authorisationContract.ts';
import type { Company, PlacedRoom } from './company.ts';
import { textOf } from './seenStream.ts';

/** A server that asks the company who may see what. */
export interface GuardedServer extends AsyncDisposable {
  readonly port: number;
  readonly sessions: WebSocketManager<typeof authorisationContract>['sessions'];
  readonly rooms: WebSocketManager<typeof authorisationContract>['rooms'];
  /** Where each room stands that something was published to. */
  readonly heads: ReadonlyMap<string, Position>;
  publish(room: PlacedRoom): Promise<void>;
  /** Publishes a text that belongs elsewhere. */
  leak(room: PlacedRoom, text: string): Promise<void>;
}

/** @param authorise - one that is faulty, for a test of what the scenario finds */
export async function startGuardedServer(
  company: Company,
  authorise: Authorise<RoomKindName> = ({ user }, rooms) => {
    const person = company.person(user?.id ?? '');
    return rooms.map(
      ({ kind, params }) => !!person && company.maySee(person, `${kind}-${params.id}`),
    );
  },
): Promise<GuardedServer> {
  const heads = new Map<string, Position>();
  const manager = new WebSocketManager({
    limits: { unlimitedAddresses: ['loopback'] },
    ...{ contract: authorisationContract, transports: ['websocket'], presenceWindowMs: 10 },
    authenticate: async (token) => ({ id: token }),
    ...{ authorise, actions: {} },
  });
  const { port } = await manager.listen(0, '127.0.0.1');
  async function say({ name, kind }: PlacedRoom, text: string): Promise<void> {
    const { position } = await manager.publish({
      ...{ room: name, event: eventOf[kind], delivery: 'reliable', payload: { text } },
    });
    heads.set(name, position);
  }
  return {
    ...{ port, sessions: manager.sessions, rooms: manager.rooms, heads },
    publish: (room) => say(room, textOf(room.name, (heads.get(room.name)?.offset ?? 0) + 1)),
    leak: say,
    [Symbol.asyncDispose]: () => manager.close(),
  };
}
