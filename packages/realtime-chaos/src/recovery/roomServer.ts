import type { Broker, MemoryBrokerOptions } from '@roomcast/realtime-broker';
import { isRoomcastError, type PublicationInput } from '@roomcast/realtime-contract';
import { startTestServer, type TestServer } from '@roomcast/realtime-testing';
import type { LogBounds } from './history.ts';
import type { LogModel } from './logModel.ts';
import { ManualClock } from './manualClock.ts';
import { type ObservedBroker, observeBroker } from './observeBroker.ts';
import { eventId, recoveryContract, roomName } from './recoveryContract.ts';

/** With so few rooms kept, a quiet one is soon forgotten. */
const maxRooms = 3;

export interface RoomServerOptions {
  readonly bounds: LogBounds;
  readonly model: LogModel;
  readonly createBroker: (options: MemoryBrokerOptions) => Broker;
  /** The log of the room has changed, or time has passed for it. */
  onLogChanged(): void;
  /** The broker and the model do not agree. */
  onProblem(problem: string): void;
  /** Something else has changed that somebody may wait for. */
  onChanged(): void;
}

/** A real server with the log of one room, and the model that knows what the log has to be. */
export class RoomServer implements AsyncDisposable {
  readonly clock: ManualClock = new ManualClock(Date.now(), 100);
  readonly #options: RoomServerOptions;
  #broker: ObservedBroker;
  #server: TestServer<typeof recoveryContract> | null = null;

  constructor(options: RoomServerOptions) {
    this.#options = options;
    this.#broker = this.#createBroker();
  }

  get server(): TestServer<typeof recoveryContract> {
    if (this.#server) return this.#server;
    throw new Error('The server is not started.');
  }

  /** Whether a server follows the room; what nobody follows may be forgotten. */
  get isFollowed(): boolean {
    return this.#broker.isFollowed(roomName);
  }

  /** @param port - where it was before; a free one when left out */
  async start(port = 0): Promise<void> {
    this.#server = await startTestServer(recoveryContract, {
      ...{ broker: this.#broker, clock: this.clock, port },
      ...{ transports: ['websocket'], record: false },
      actions: {
        sell: async ({ count }, { publisher }) => {
          const payload = { count, padding: 'sold by an action' };
          const input = { event: 'sold', room: roomName, delivery: 'reliable', payload } as const;
          await publisher.publish(input);
          return count;
        },
      },
    });
  }

  async publish(input: PublicationInput): Promise<void> {
    await this.server.manager.publish(input);
  }

  /** Uses so many other rooms that a room without followers is forgotten. */
  async crowd(): Promise<void> {
    const isForgotten = !this.isFollowed;
    for (let count = 0; count <= maxRooms; count += 1) {
      await this.server.manager.broadcastToEvent(`${eventId}-${count}`, 'blink', { count });
    }
    if (isForgotten) this.#options.model.begin();
  }

  /** Starts again on the same port; another log is that of a machine that was replaced. */
  async restart(keepsLog: boolean): Promise<void> {
    const { port } = this.server;
    await this.server.close();
    this.#collectErrors();
    if (!keepsLog) {
      await this.#broker.close();
      this.#options.model.begin();
      this.#broker = this.#createBroker();
    }
    await this.start(port);
  }

  passTime(ms: number): void {
    this.clock.advance(ms);
    this.#options.onLogChanged();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server?.close();
    this.#collectErrors();
    await this.#broker.close();
  }

  /** A server that is closed amid an action says so; nothing else may go wrong in it. */
  #collectErrors(): void {
    for (const { error, source } of this.#server?.errors ?? []) {
      if (!isRoomcastError(error, 'CLOSED')) this.#options.onProblem(`${source}: ${error}`);
    }
  }

  #createBroker(): ObservedBroker {
    const { bounds, onChanged, createBroker } = this.#options;
    const broker = createBroker({ history: bounds, maxRooms, clock: this.clock });
    return observeBroker(broker, { onPublish: (input) => this.#onPublish(input), onChanged });
  }

  #onPublish(input: PublicationInput) {
    const { model, onLogChanged, onProblem } = this.#options;
    if (input.room !== roomName) return () => {};
    const place = model.append(input, this.clock.now());
    onLogChanged();
    return ({ offset, revision }: { readonly offset: number; readonly revision: number }) => {
      if (offset === place.offset && revision === place.revision) return;
      onProblem(
        `${input.event} was published at ${offset}/${revision}, not ${place.offset}/${place.revision}`,
      );
    };
  }
}
