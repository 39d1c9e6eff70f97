import type { ReadLimits } from '@roomcast/realtime-broker';
import { type Position, RoomcastError } from '@roomcast/realtime-contract';
import { parseRevocation, type Revocation, revocationKey } from '../session/revocation.ts';
import type { Revocations } from '../session/revocations.ts';
import type { ControlHost } from './controlHost.ts';
import { controlRooms } from './controlRooms.ts';
import { untilDone } from './untilDone.ts';

export interface RevocationLogHost extends ControlHost {
  readonly revocations: Pick<Revocations, 'atMs' | 'inForce' | 'size'>;
  readonly maxRevocations: number;
}

const room = controlRooms.revocations;

/** A page of reading. */
const limits: ReadLimits = { maxPublications: 1_000, maxBytes: 1_048_576 };

/**
 * The revocations of all nodes: `latest` values of a room, so that whoever comes later reads those
 * that count, and whoever was away reads those that are new.
 */
export class RevocationLog {
  /** Null once all of them are known here. */
  loading: Promise<void> | null = null;
  readonly #host: RevocationLogHost;
  /** What could not be written yet. */
  readonly #unwritten = new Map<string, Revocation>();
  #writing: Promise<void> | null = null;

  constructor(host: RevocationLogHost) {
    this.#host = host;
  }

  start(): void {
    const { log, local } = this.#host;
    const follow = () =>
      log.subscribe(room, {
        onPublication: ({ payload }) => this.#hear(payload),
        onGap: (reason) => {
          // The store has lost data, and perhaps what nobody else has heard.
          if (reason === 'epoch-changed') this.#guard(local.reauthoriseAll());
          void untilDone(() => this.#load(), this.#host);
        },
      });
    const begin = async () => {
      await untilDone(follow, this.#host);
      await untilDone(() => this.#load(), this.#host);
      this.loading = null;
    };
    this.loading = begin();
  }

  /** @throws what the log throws; it is written later then */
  async announce(revocation: Revocation): Promise<void> {
    this.#tellIfFull();
    try {
      await this.#write(revocation);
    } catch (error) {
      this.#writeLater(revocation);
      throw error;
    }
  }

  /** Reads all that is in the log, and writes what is known here and not there. */
  async #load(): Promise<void> {
    const logged = new Set<string>();
    let since: Position | null = null;
    for (let isEnd = false; !isEnd; ) {
      const page = await this.#host.log.read(room, since, limits);
      since = page.next;
      isEnd = page.next.revision >= page.position.revision;
      if (page.status === 'gap') continue;
      for (const { payload } of page.publications) {
        const revocation = this.#hear(payload);
        if (revocation) logged.add(revocationKey(revocation));
      }
    }
    for (const [key, revocation] of this.#host.revocations.inForce()) {
      if (!logged.has(key)) this.#writeLater(revocation);
    }
    this.#tellIfFull();
  }

  #hear(payload: unknown): Revocation | null {
    const { local, revocations, report } = this.#host;
    const revocation = parseRevocation(payload);
    if (!revocation) {
      report(unreadable(), 'cluster');
      return null;
    }
    local.apply(revocation);
    // Two nodes may have written in the order that they did not decide in.
    const atMs = revocations.atMs(revocation);
    if (atMs > revocation.atMs) this.#writeLater({ ...revocation, atMs });
    return revocation;
  }

  #writeLater(revocation: Revocation): void {
    this.#unwritten.set(revocationKey(revocation), revocation);
    this.#writing ??= untilDone(() => this.#writeAll(), this.#host);
  }

  async #writeAll(): Promise<void> {
    for (const [key, revocation] of this.#unwritten) {
      await this.#write(revocation);
      if (this.#unwritten.get(key) === revocation) this.#unwritten.delete(key);
    }
    // In the turn in which nothing is left: what comes later begins anew.
    this.#writing = null;
  }

  async #write(revocation: Revocation): Promise<void> {
    await this.#host.log.publish({
      ...{ room, event: 'revoked', delivery: 'latest', payload: revocation },
      key: revocationKey(revocation),
    });
  }

  /** Those that start read what the log has, which may have dropped what comes next. */
  #tellIfFull(): void {
    const { revocations, maxRevocations, report } = this.#host;
    if (revocations.size < maxRevocations) return;
    if (revocations.inForce().size < maxRevocations) return;
    const text = `There are ${maxRevocations} revocations in force, which is all that the control log keeps: nodes that start may not know the oldest. Raise \`cluster.maxRevocations\` on all nodes.`;
    report(new RoomcastError('LIMIT_EXCEEDED', text), 'cluster');
  }

  #guard(work: Promise<void>): void {
    work.catch((error: unknown) => this.#host.report(error, 'cluster'));
  }
}

function unreadable(): RoomcastError {
  return new RoomcastError(
    'INTERNAL',
    'A revocation in the control log cannot be read by this version. Update this node.',
  );
}
