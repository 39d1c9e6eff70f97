import { type CancelTimer, invokeGuarded, isRecord } from '@roomcast/realtime-contract';
import type { ControlHost } from './controlHost.ts';
import { controlRooms } from './controlRooms.ts';
import { untilDone } from './untilDone.ts';

/** How long sessions are gathered to be told of together, in milliseconds. */
const gatherMs = 20;

/** So many are told of at once. */
const maxGathered = 500;

const room = controlRooms.superseded;

/** The digest of a session's secret, and whose it was. */
type Superseded = readonly [digest: string, userId: string | null];

/**
 * Tells the other nodes which clients have come back here, so that what is left of their sessions
 * there goes. Nobody but its own client knows the secret of a session, and each node compares the
 * user once more.
 */
export class SupersededSessions {
  readonly #host: ControlHost;
  #gathered: Superseded[] = [];
  #cancel: CancelTimer | null = null;

  constructor(host: ControlHost) {
    this.#host = host;
  }

  start(): void {
    const { log } = this.#host;
    const follow = () =>
      log.subscribe(room, {
        onPublication: ({ payload }) => this.#hear(payload),
        // Sessions that are missed here are found dead by their heartbeat.
        onGap: () => {},
      });
    void untilDone(follow, this.#host);
  }

  tell(digest: string, userId: string | null): void {
    this.#gathered.push([digest, userId]);
    if (this.#gathered.length >= maxGathered) this.#write();
    else this.#cancel ??= this.#host.clock.schedule(() => this.#write(), gatherMs);
  }

  close(): void {
    this.#cancel?.();
  }

  #write(): void {
    const { log, nodeId, report } = this.#host;
    this.#cancel?.();
    this.#cancel = null;
    const payload = { from: nodeId, sessions: this.#gathered };
    this.#gathered = [];
    const publish = () => log.publish({ room, event: 'superseded', delivery: 'reliable', payload });
    invokeGuarded(publish, 'cluster', report);
  }

  #hear(payload: unknown): void {
    const { nodeId, local } = this.#host;
    if (!isRecord(payload) || payload.from === nodeId || !Array.isArray(payload.sessions)) return;
    for (const session of payload.sessions) {
      const [digest, userId] = Array.isArray(session) ? session : [];
      const isUser = typeof userId === 'string' || userId === null;
      if (typeof digest === 'string' && isUser) local.endSuperseded(digest, userId);
    }
  }
}
