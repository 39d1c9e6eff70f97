import {
  createRealtimeClient,
  followPresence,
  type RealtimeClient,
} from '@roomcast/realtime-client';
import type { Part } from '@roomcast/realtime-processes';
import { type FaultProxy, startFaultProxy } from '@roomcast/realtime-testing';
import { Changes } from '../waiting/changes.ts';
import { ConnectionOutages } from './connectionOutages.ts';
import type { Outage, SeenLeaving } from './findFlaps.ts';
import type { SeenLobby } from './judgePresence.ts';
import { Observer } from './observer.ts';
import { type Lobby, presenceContract } from './presenceContract.ts';

const connectTimeoutMs = 20_000;

export interface ClientPlan {
  readonly name: string;
  readonly userId: string;
  /** Whether it watches every lobby, and is in none. */
  readonly isObserver: boolean;
}

/** A process with clients in it, each behind a network of its own. */
export type ClientsPart = Part & {
  /** Where connections lead from now on, in turn. */
  route(ports: readonly number[]): void;
  open(plan: ClientPlan): Promise<void>;
  /** Is present from now on, or tells something else of itself. */
  enter(order: { readonly name: string; readonly lobby: Lobby; readonly version: number }): void;
  leave(order: { readonly name: string; readonly lobby: Lobby }): void;
  /** Cuts its connection, once. */
  cut(name: string): void;
  /** Lets it have no connection until `restore`. */
  block(name: string): void;
  restore(name: string): void;
  /** Ends a client as a user does who closes the page, where it has a connection. */
  close(name: string): Promise<void>;
  /** Resolves when everybody is connected. */
  whenConnected(): Promise<void>;
  views(): readonly SeenLobby[];
  leavings(): readonly SeenLeaving[];
  outages(): readonly Outage[];
};

interface Held {
  readonly client: RealtimeClient<typeof presenceContract>;
  readonly proxy: FaultProxy;
  readonly observer: Observer | null;
  readonly presences: Map<Lobby, ReturnType<typeof present>>;
}

function present(client: Held['client'], lobbyId: Lobby) {
  return followPresence(client, ['lobby', { lobbyId }], { follow: 'none' });
}

export function createPart(): ClientsPart {
  const clients = new Map<string, Held>();
  const outages: ConnectionOutages[] = [];
  const changes = new Changes();
  let ports: readonly number[] = [];
  let turn = 0;
  const held = (name: string): Held => {
    const found = clients.get(name);
    if (!found) throw new RangeError(`There is no client ${name}.`);
    return found;
  };
  const observers = () => [...clients.values()].flatMap(({ observer }) => observer ?? []);
  return {
    route(to) {
      ports = to;
    },
    async open({ name, userId, isObserver }) {
      const proxy = await startFaultProxy(() => {
        turn += 1;
        return ports[turn % ports.length] ?? 0;
      });
      const client = createRealtimeClient({
        ...{ contract: presenceContract, env: {}, transports: ['websocket'] },
        url: `http://127.0.0.1:${proxy.port}`,
        backoff: { minDelayMs: 50, maxDelayMs: 500 },
        getToken: () => userId,
      });
      const outage = new ConnectionOutages(name);
      outages.push(outage);
      client.watchState((state) => {
        outage.note(state);
        changes.tell();
      });
      client.connect();
      const observer = isObserver ? new Observer(name, client) : null;
      clients.set(name, { client, proxy, observer, presences: new Map() });
    },
    enter({ name, lobby, version }) {
      const { client, presences } = held(name);
      const presence = presences.get(lobby) ?? present(client, lobby);
      presences.set(lobby, presence);
      presence.enter({ name, version });
    },
    leave: ({ name, lobby }) => held(name).presences.get(lobby)?.leave(),
    cut: (name) => held(name).proxy.cut(),
    block: (name) => held(name).proxy.block(),
    restore: (name) => held(name).proxy.restore(),
    async close(name) {
      const { client, proxy } = held(name);
      clients.delete(name);
      await client.close();
      await proxy.close();
    },
    whenConnected() {
      const waiting = () =>
        [...clients].filter(([, { client }]) => client.state.status !== 'connected');
      const describe = () => `not connected: ${waiting().map(([name]) => name)}`;
      return changes.until(() => waiting().length === 0, describe, connectTimeoutMs);
    },
    views: () => observers().flatMap((observer) => observer.views()),
    leavings: () => observers().flatMap((observer) => observer.leavings),
    outages: () => outages.flatMap((one) => one.all()),
  };
}
