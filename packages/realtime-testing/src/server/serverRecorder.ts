import type { Broker } from '@roomcast/realtime-broker';
import type {
  ActionName,
  AnyContract,
  EventName,
  PublicationInput,
} from '@roomcast/realtime-contract';
import type {
  ActionContext,
  ActionHandlers,
  SessionInfo,
  SessionWatcher,
} from '@roomcast/realtime-server';
import { assertDeclared } from '../assertDeclared.ts';
import { Recorder } from '../recordings/recorder.ts';
import { RecordersByName } from '../recordings/recordersByName.ts';
import type { Recording } from '../recordings/recording.ts';
import type {
  PublishedEvent,
  ReceivedAction,
  RecordedDisconnect,
  RecordedJoin,
  RecordedSession,
  ServerRecordings,
} from './serverRecordings.ts';

type Handler = (input: never, context: ActionContext) => unknown;

/** Writes down what a server publishes and receives. */
export class ServerRecorder<C extends AnyContract> {
  readonly #contract: C;
  readonly #published = new RecordersByName();
  readonly #received = new RecordersByName();
  readonly #connects = new Recorder<RecordedSession>('connect', () => this.#sessions());
  readonly #joins = new Recorder<RecordedJoin>('join', () => this.#rooms());
  readonly #disconnects = new Recorder<RecordedDisconnect>('disconnect', () => this.#sessions());

  /** To be watched with. */
  readonly watcher: SessionWatcher = {
    onBegin: (session) => this.#connects.record(describe(session)),
    onJoin: (session, room) => this.#joins.record({ ...describe(session), room }),
    onEnd: (session, reason) => this.#disconnects.record({ ...describe(session), reason }),
  };

  constructor(contract: C) {
    this.#contract = contract;
  }

  get recordings(): ServerRecordings<C> {
    return {
      published: <Name extends EventName<C>>(name: Name) => {
        assertDeclared(this.#contract, 'event', name);
        return this.#published.of(name).recording as Recording<PublishedEvent<C, Name>>;
      },
      received: <Name extends ActionName<C>>(name: Name) => {
        assertDeclared(this.#contract, 'action', name);
        return this.#received.of(name).recording as Recording<ReceivedAction<C, Name>>;
      },
      connects: this.#connects.recording,
      joins: this.#joins.recording,
      disconnects: this.#disconnects.recording,
    };
  }

  /** The same log; what is published to it is written down. */
  recordBroker(broker: Broker): Broker {
    return {
      publish: async (input: PublicationInput) => {
        const result = await broker.publish(input);
        this.#published.of(input.event).record({ ...input, ...result });
        return result;
      },
      subscribe: (room, listener) => broker.subscribe(room, listener),
      read: (room, since, limits) => broker.read(room, since, limits),
      position: (room) => broker.position(room),
      health: () => broker.health(),
      close: () => broker.close(),
    };
  }

  /** The same handlers; what they are called with is written down. */
  recordActions(handlers: ActionHandlers<C>): ActionHandlers<C> {
    const entries = Object.entries<Handler | undefined>(handlers).map(([name, handler]) => {
      if (!handler) return [name, handler];
      const recording: Handler = (input, context) => {
        const { session, idempotencyKey, retry } = context;
        this.#received.of(name).record({ ...describe(session), input, idempotencyKey, retry });
        return handler(input, context);
      };
      return [name, recording];
    });
    return Object.fromEntries(entries);
  }

  #sessions(): string {
    const [began, ended] = [this.#connects.recording.length, this.#disconnects.recording.length];
    return `${began} sessions began so far, and ${ended} ended.`;
  }

  #rooms(): string {
    const joins = this.#joins.recording.map(({ userId, room }) => `${userId ?? 'a guest'} ${room}`);
    return joins.length === 0 ? 'Nobody has joined a room.' : `Joined so far: ${joins.join(', ')}.`;
  }
}

function describe({ id, user, dialect }: SessionInfo): RecordedSession {
  return { userId: user?.id ?? null, sessionId: id, dialect };
}
