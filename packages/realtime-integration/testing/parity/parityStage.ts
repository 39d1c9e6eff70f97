import type { ConnectionState, RealtimeClient } from '@roomcast/realtime-client';
import type {
  ActionError,
  ActionInput,
  ActionOutput,
  EventName,
  EventPayload,
} from '@roomcast/realtime-contract';
import type { ParityContract } from './parityContract.ts';

type Params = Readonly<Record<string, string>>;

/** How `send-message` is answered. `post` publishes a `new-message` in the name of the call. */
type AnswerMessage = (
  input: ActionInput<ParityContract, 'send-message'>,
  post: (text: string) => Promise<void>,
) => Promise<ActionOutput<ParityContract, 'send-message'> | ActionError<'EVENT_NOT_FOUND'>>;

/** How a server is set up. */
export interface ParityOptions {
  /** A guest when left out. */
  readonly user?: string;
  /** How many publications of a room are kept. */
  readonly maxPublications?: number;
  readonly maxReplay?: number;
  readonly answer?: AnswerMessage;
  /** Brings the second token and all later ones. */
  readonly nextToken?: () => Promise<string>;
}

/** A client and its server, or a mock of both: what a scenario can do to them. */
export interface ParityStage extends AsyncDisposable {
  readonly client: RealtimeClient<ParityContract>;
  publish<Name extends EventName<ParityContract>>(
    name: Name,
    payload: EventPayload<ParityContract, Name>,
    params: Params,
  ): Promise<void>;
  /** Takes a `market-update` away. */
  remove(symbol: string): Promise<void>;
  /** Loses the connection, until `restore`. */
  drop(): Promise<void>;
  restore(): Promise<void>;
  /** While the connection is lost: the logs are gone, as with a server that was started anew. */
  loseLogs(): Promise<void>;
  /** While there is a connection: so many events of event 42 happen that the log does not keep. */
  loseEvents(count: number): Promise<void>;
  /** Lets these users be present in the room of event 42, and nobody else but the client. */
  others(users: readonly string[]): Promise<void>;
  /** Takes the session out of the room of an event. */
  evict(eventId: string): void;
  /** Lets the token's time end, and waits until the client has been told. */
  expireToken(): Promise<void>;
  /** Revokes the user, and lets new tokens in. */
  revoke(): void;
  /** Loses the connection, and refuses its tokens from now on. */
  refuseTokens(): Promise<void>;
  /** Waits until a check passes, which looks at what the client has heard. */
  until(check: () => boolean): Promise<void>;
}

/** Writes down everything that a client tells its application, but for times and random names. */
export function observe(client: RealtimeClient<ParityContract>): string[] {
  const heard: string[] = [];
  let before: ConnectionState = client.state;
  client.watchState((state) => {
    // How many attempts it takes is a matter of time.
    const isRepeated = state.status === 'reconnecting' && before.status === 'reconnecting';
    before = state;
    if (isRepeated) return;
    const error = 'error' in state && state.error ? [state.error.code] : [];
    const reason = state.status === 'closed' ? [state.reason] : [];
    const user = state.status === 'connected' ? [`as ${state.userId}`] : [];
    heard.push([state.status, ...reason, ...error, ...user].join(' '));
  });
  client.onRecovery((recovery) => {
    const { room, status, during } = recovery;
    const gap = status === 'gap' ? [recovery.reason, recovery.missed ?? '?'] : [];
    heard.push([room, status, ...gap, 'during', during].join(' '));
  });
  const names = Object.keys(client.contract.events) as EventName<ParityContract>[];
  for (const name of names) {
    client.on(name, (payload, { room, delivery, counter, causedBy = '-' }) =>
      heard.push([room, name, delivery, counter, causedBy, JSON.stringify(payload)].join(' ')),
    );
    client.onRemoved(name, (key, { room, counter }) =>
      heard.push([room, name, 'without', key, counter].join(' ')),
    );
  }
  return heard;
}
