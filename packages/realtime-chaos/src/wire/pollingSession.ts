import { exchange, httpRequest, type RawRequest, type RawResponse } from './httpBytes.ts';

const separator = '\x1e';

/** A session of engine.io that polls, written by hand. */
export class PollingSession {
  readonly #port: number;
  readonly sid: string;

  constructor(port: number, sid: string) {
    this.#port = port;
    this.sid = sid;
  }

  /** @param auth - what CONNECT says; nothing is connected where it is left out */
  static async open(port: number, auth?: unknown): Promise<PollingSession> {
    const { body } = await exchange(port, httpRequest());
    const session = new PollingSession(port, JSON.parse(body.slice(1)).sid);
    if (auth === undefined) return session;
    await session.post(`40${JSON.stringify(auth)}`);
    await session.poll();
    return session;
  }

  post(body: string | Buffer, headers: readonly string[] = []): Promise<RawResponse> {
    return this.request({ method: 'POST', body, headers: ['Connection: close', ...headers] });
  }

  /** @returns the packets that waited for it, or null where the session is over */
  async poll(): Promise<readonly string[] | null> {
    const { status, body } = await this.request();
    return status === 200 ? body.split(separator) : null;
  }

  /** A request that names this session. */
  request({ query, ...request }: RawRequest = {}): Promise<RawResponse> {
    const named = query ?? `EIO=4&transport=polling&sid=${this.sid}`;
    return exchange(this.#port, httpRequest({ ...request, query: named }));
  }
}
