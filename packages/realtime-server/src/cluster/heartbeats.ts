import { type CancelTimer, isRecord } from '@roomcast/realtime-contract';
import type { ClusterNode } from './cluster.ts';
import type { ControlHost } from './controlHost.ts';
import { controlRooms } from './controlRooms.ts';
import { NodeDirectory, parseHeartbeat } from './nodeDirectory.ts';
import { untilDone } from './untilDone.ts';

export interface HeartbeatsHost extends ControlHost {
  readonly nodeName: string;
  readonly intervalMs: number;
  readonly leaseMs: number;
}

const room = controlRooms.nodes;

/** Shows the other nodes that this one is there, and knows who else is. */
export class Heartbeats {
  readonly #host: HeartbeatsHost;
  readonly #directory: NodeDirectory;
  readonly #startedAtMs: number;
  #isBeating = false;
  #cancel: CancelTimer = () => {};

  constructor(host: HeartbeatsHost) {
    this.#host = host;
    const leaseBeats = Math.floor(host.leaseMs / host.intervalMs) - 1;
    this.#directory = new NodeDirectory(host.nodeId, leaseBeats);
    this.#startedAtMs = host.clock.now();
  }

  start(): void {
    const { log } = this.#host;
    const follow = async () => {
      await log.subscribe(room, {
        onPublication: ({ payload }) => this.#hear(payload),
        // Signs of life are not kept.
        onGap: () => {},
      });
      this.#beat(true);
    };
    void untilDone(follow, this.#host);
    this.#schedule();
  }

  others(): readonly ClusterNode[] {
    return this.#directory.others();
  }

  self(): ClusterNode {
    const { nodeId: id, nodeName: name, local, clock } = this.#host;
    const startedAtMs = this.#startedAtMs;
    const connections = local.connectionCount();
    return { id, name, startedAtMs, connections, seenAtMs: clock.now(), isSelf: true };
  }

  /** Says that this node is gone, as far as that can still be said. */
  close(): void {
    this.#cancel();
    this.#publish({ gone: this.#host.nodeId }).catch(() => {});
  }

  #schedule(): void {
    const { clock, intervalMs } = this.#host;
    this.#cancel = clock.schedule(() => {
      this.#schedule();
      this.#beat(false);
    }, intervalMs);
  }

  /** One at a time: those that wait while the log is away would all come at once. */
  #beat(isFirst: boolean): void {
    if (this.#isBeating) return;
    this.#isBeating = true;
    const { seenAtMs: _, isSelf: __, ...self } = this.self();
    this.#publish({ ...self, isFirst })
      // The log says itself that it is away.
      .catch(() => {})
      .finally(() => {
        this.#isBeating = false;
      });
  }

  async #publish(payload: unknown): Promise<void> {
    await this.#host.log.publish({ room, event: 'heartbeat', delivery: 'volatile', payload });
  }

  #hear(payload: unknown): void {
    if (isRecord(payload) && typeof payload.gone === 'string') this.#directory.remove(payload.gone);
    const heartbeat = parseHeartbeat(payload);
    if (!heartbeat || this.#host.closing.aborted) return;
    this.#directory.hear(heartbeat, this.#host.clock.now());
    if (heartbeat.isFirst && heartbeat.id !== this.#host.nodeId) this.#beat(false);
  }
}
