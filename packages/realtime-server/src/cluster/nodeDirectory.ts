import { isRecord } from '@roomcast/realtime-contract';
import type { ClusterNode } from './cluster.ts';

/** A sign of life. */
export interface Heartbeat extends Omit<ClusterNode, 'seenAtMs' | 'isSelf'> {
  /** Whether it is the first, and the others are to show themselves too. */
  readonly isFirst: boolean;
}

/** A sign of life as another node wrote it, or null for anything else. */
export function parseHeartbeat(value: unknown): Heartbeat | null {
  if (!isRecord(value)) return null;
  const { id, name, startedAtMs, connections, isFirst } = value;
  const hasTexts = typeof id === 'string' && typeof name === 'string';
  if (!hasTexts || typeof startedAtMs !== 'number' || typeof connections !== 'number') return null;
  return { id, name, startedAtMs, connections, isFirst: isFirst === true };
}

interface KnownNode {
  readonly heartbeat: Heartbeat;
  readonly seenAtMs: number;
  /** How often this node had heard itself by then. */
  readonly seenAtBeat: number;
}

/**
 * Who else is there. Time is counted in the signs of life of this node, as they come back to it: while
 * its own way to the others is cut, nobody is taken for gone.
 */
export class NodeDirectory {
  readonly #selfId: string;
  readonly #leaseBeats: number;
  readonly #others = new Map<string, KnownNode>();
  #beats = 0;

  /** @param leaseBeats - how many signs of life of one's own a silent node is kept for */
  constructor(selfId: string, leaseBeats: number) {
    this.#selfId = selfId;
    this.#leaseBeats = leaseBeats;
  }

  hear(heartbeat: Heartbeat, nowMs: number): void {
    if (heartbeat.id === this.#selfId) this.#forgetSilent();
    else {
      const seen = { seenAtMs: nowMs, seenAtBeat: this.#beats };
      this.#others.set(heartbeat.id, { heartbeat, ...seen });
    }
  }

  remove(id: string): void {
    this.#others.delete(id);
  }

  others(): readonly ClusterNode[] {
    return [...this.#others.values()].map(({ heartbeat, seenAtMs }) => {
      const { isFirst: _, ...node } = heartbeat;
      return { ...node, seenAtMs, isSelf: false };
    });
  }

  #forgetSilent(): void {
    this.#beats += 1;
    for (const [id, { seenAtBeat }] of this.#others) {
      if (this.#beats - seenAtBeat > this.#leaseBeats) this.#others.delete(id);
    }
  }
}
