import {
  createRealtimeClient,
  type OpenerOption,
  type RealtimeClient,
  type RealtimeClientOptions,
} from '@roomcast/realtime-client';
import { type AnyContract, RoomcastError } from '@roomcast/realtime-contract';
import { blackHole } from '../faults/blackHole.ts';
import type { FaultProxy } from '../faults/faultProxy.ts';
import { startFaultProxy } from '../faults/startFaultProxy.ts';
import type { TesterTarget } from '../server/testServer.ts';
import { describeConnection } from './describeConnection.ts';
import { nothingWithin } from './nothingWithin.ts';
import { until } from './until.ts';
import { whenConnected } from './whenConnected.ts';
import { whenState } from './whenState.ts';
import { whenTokenFrame } from './whenTokenFrame.ts';

/** The most to wait for the end of a connection; one that is not read has none. */
const goodbyeMs = 100;

/** The options of a tester's client, except for those that the tester gives it. */
export type TesterClientOptions<C extends AnyContract> = Omit<
  RealtimeClientOptions<C>,
  'contract' | 'url' | 'getToken'
>;

interface ConnectionParts<C extends AnyContract> {
  readonly target: TesterTarget<C>;
  /** Null for a guest. */
  readonly userId: string | null;
  readonly client: TesterClientOptions<C>;
  readonly timeoutMs: number;
}

/** A real client behind a proxy of its own, which breaks what lies between it and the server. */
export class TesterConnection<C extends AnyContract> {
  readonly client: RealtimeClient<C>;
  readonly #parts: ConnectionParts<C>;
  readonly #proxy: FaultProxy;
  /** How many keep it offline. */
  #holds = 0;
  #token: string | null = null;
  #nextToken: string | null = null;

  static async open<C extends AnyContract>(
    parts: ConnectionParts<C>,
  ): Promise<TesterConnection<C>> {
    return new TesterConnection(parts, await startFaultProxy(portOf(parts.target)));
  }

  private constructor(parts: ConnectionParts<C>, proxy: FaultProxy) {
    this.#parts = parts;
    this.#proxy = proxy;
    // Where the contract needs an opener, the client says so itself.
    this.client = createRealtimeClient<C>({
      backoff: { minDelayMs: 10, maxDelayMs: 50 },
      ...parts.client,
      contract: parts.target.contract,
      url: `http://127.0.0.1:${proxy.port}`,
      getToken: () => this.#getToken(),
    } as RealtimeClientOptions<C> & OpenerOption<C>);
  }

  async drop(): Promise<void> {
    const { state } = this.client;
    if (!isConnected(state)) {
      throw new RoomcastError(
        'NOT_CONNECTED',
        `There is no connection to lose. ${describeConnection(state)} Await \`connected()\` first.`,
      );
    }
    const release = await this.#lose();
    release();
  }

  async goOffline(): Promise<() => Promise<void>> {
    const release = await this.#lose();
    return async () => {
      release();
      if (this.#holds > 0) return;
      this.client.connect();
      await whenConnected(this.client, this.#parts.timeoutMs);
    };
  }

  pauseReading(): () => void {
    return this.#proxy.apply(blackHole({ direction: 'toClient' }));
  }

  async expireToken(nextToken: string | null): Promise<void> {
    const { target, timeoutMs } = this.#parts;
    if (!target.expireToken) {
      throw new RoomcastError(
        'INVALID_CONFIG',
        'The target of the tester has no `expireToken`; that of `startTestServer` has.',
      );
    }
    if (this.#token === null) {
      throw new RoomcastError('UNAUTHENTICATED', 'A guest has no token that could expire.');
    }
    this.#nextToken = nextToken;
    const isTold = whenTokenFrame(this.client, timeoutMs);
    target.expireToken(this.#token);
    await isTold;
  }

  /** Says goodbye, and lets that pass before the proxy ends what is left. */
  async close(): Promise<void> {
    await this.client.close();
    await until(() => this.#proxy.connections === 0 || null, goodbyeMs);
    await this.#proxy.close();
  }

  /**
   * Blocked, since a client that polls does not notice a cut between two of its requests.
   *
   * @returns lets it through again, unless others hold it; harmless when called twice
   */
  async #lose(): Promise<() => void> {
    const { client } = this;
    const { timeoutMs } = this.#parts;
    const failure = () => nothingWithin('loss of the connection', timeoutMs, client.state);
    const isDown = whenState(client, (state) => !isConnected(state), { timeoutMs, failure });
    const release = this.#hold();
    try {
      await isDown;
    } catch (error) {
      release();
      throw error;
    }
    return release;
  }

  #hold(): () => void {
    let isHeld = true;
    this.#holds += 1;
    this.#proxy.block();
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#holds -= 1;
      if (this.#holds === 0) this.#proxy.restore();
    };
  }

  async #getToken(): Promise<string | null> {
    const { target, userId } = this.#parts;
    this.#token = userId === null ? null : (this.#nextToken ?? (await target.tokenFor(userId)));
    return this.#token;
  }
}

function portOf({ url }: TesterTarget): number {
  return Number(new URL(url).port);
}

function isConnected({ status }: { readonly status: string }): boolean {
  return status === 'connected';
}
