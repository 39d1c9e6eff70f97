import type { RealtimeClient } from '@roomcast/realtime-client';
import {
  type AnyContract,
  createRemoval,
  type Position,
  type PublicationInput,
  type RoomPosition,
} from '@roomcast/realtime-contract';
import { createUnsealedPublication } from '@roomcast/realtime-contract/encryption';
import type { MockServer } from './mockServer.ts';
import { targetRoom } from './targetRoom.ts';
import { validateNow } from './validateNow.ts';

export type Params = Readonly<Record<string, string>>;

export interface MockPublisherOptions {
  readonly client: RealtimeClient<AnyContract>;
  readonly server: MockServer;
}

/** Publishes by the contract, to the room that the test names or means. */
export class MockPublisher {
  readonly #options: MockPublisherOptions;

  constructor(options: MockPublisherOptions) {
    this.#options = options;
  }

  publish(
    name: string,
    given: unknown,
    params: Params | undefined,
    causedBy?: string,
  ): RoomPosition {
    const { contract } = this.#options.client;
    const room = this.#roomOf(name, params);
    const definition = contract.events[name];
    const payload = given === undefined ? definition?.example : given;
    if (definition) validateNow(definition.payload, payload, `payload of "${name}"`);
    const options = causedBy === undefined ? {} : { causedBy };
    return this.#append(createUnsealedPublication(contract, room, name, payload, options));
  }

  remove(name: string, key: string | undefined, params: Params | undefined): RoomPosition {
    const { contract } = this.#options.client;
    return this.#append(createRemoval(contract, this.#roomOf(name, params), name, key));
  }

  /** A `publish` in the name of a call, and what it has published. */
  record(causedBy: string | null): {
    publish(name: string, payload?: unknown, params?: Params): Position;
    readonly positions: readonly RoomPosition[];
  } {
    const positions: RoomPosition[] = [];
    return {
      positions,
      publish: (name, payload, params) => {
        const published = this.publish(name, payload, params, causedBy ?? undefined);
        positions.push(published);
        return published.position;
      },
    };
  }

  #append(input: PublicationInput): RoomPosition {
    return { room: input.room, position: this.#options.server.publish(input) };
  }

  #roomOf(name: string, params: Params | undefined): [kind: string, params: Params] {
    const { client, server } = this.#options;
    const { contract, state, ports } = client;
    const kind = contract.events[name]?.room ?? '';
    if (params) return [kind, params];
    const isClosed = state.status === 'closed' && state.reason === 'closed';
    const isLive = server.isUp && state.status !== 'closed';
    const { all: rooms } = ports.inspection.rooms;
    return [kind, targetRoom({ contract, rooms, isClosed, isLive }, name)];
  }
}
