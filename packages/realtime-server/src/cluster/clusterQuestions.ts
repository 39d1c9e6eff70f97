import { isRecord } from '@roomcast/realtime-contract';
import { createId } from '../createId.ts';
import type { ClusterAnswers, ClusterNode } from './cluster.ts';
import type { ControlHost } from './controlHost.ts';
import { inboxRoom } from './controlRooms.ts';
import { untilDone } from './untilDone.ts';

type QuestionName = 'connection-count' | 'active-rooms';

/** What a node is asked, how its answer is read, and who is asked. */
export interface Question<Value> {
  readonly name: QuestionName;
  readonly nodes: readonly ClusterNode[];
  readonly timeoutMs: number;
  /** What this node says itself. */
  readonly own: Value;
  /** An answer as another node wrote it, or null for anything else. */
  parse(answer: unknown): Value | null;
}

/** Asks other nodes, each in its inbox, and answers them. */
export class ClusterQuestions {
  readonly #host: ControlHost;
  /** Who waits for an answer, by the id of the question. */
  readonly #waiting = new Map<string, (from: string, answer: unknown) => void>();

  constructor(host: ControlHost) {
    this.#host = host;
  }

  start(): void {
    const { log, nodeId } = this.#host;
    const follow = () =>
      log.subscribe(inboxRoom(nodeId), {
        onPublication: ({ payload }) => this.#hear(payload),
        onGap: () => {},
      });
    void untilDone(follow, this.#host);
  }

  /** Resolves when all have answered, or with the deadline; never rejects. */
  ask<Value>(question: Question<Value>): Promise<ClusterAnswers<Value>> {
    const { nodeId, clock } = this.#host;
    const { name, nodes, parse, timeoutMs, own } = question;
    const id = createId();
    const byNode = new Map([[nodeId, own]]);
    return new Promise((resolve) => {
      const silent = () => nodes.filter((node) => !byNode.has(node.id));
      const finish = () => {
        cancel();
        this.#waiting.delete(id);
        resolve({ byNode, silent: silent() });
      };
      const cancel = clock.schedule(finish, timeoutMs);
      this.#waiting.set(id, (from, answer) => {
        const value = parse(answer);
        if (value !== null) byNode.set(from, value);
        if (silent().length === 0) finish();
      });
      for (const node of nodes) this.#send(node.id, { ask: name, id, from: nodeId });
      if (nodes.length === 0) finish();
    });
  }

  #hear(payload: unknown): void {
    if (!isRecord(payload)) return;
    const { ask, id, from, answer } = payload;
    if (typeof id !== 'string' || typeof from !== 'string') return;
    if (ask === undefined) this.#waiting.get(id)?.(from, answer);
    else this.#send(from, { id, from: this.#host.nodeId, answer: this.#answer(ask) });
  }

  #answer(ask: unknown): unknown {
    const { local } = this.#host;
    if (ask === 'connection-count') return local.connectionCount();
    // What a later version asks is not known here.
    return ask === 'active-rooms' ? local.activeRooms() : null;
  }

  #send(to: string, payload: unknown): void {
    const message = {
      room: inboxRoom(to),
      event: 'message',
      delivery: 'volatile',
      payload,
    } as const;
    // Whoever waits for it has a deadline, and names the node that was silent.
    this.#host.log.publish(message).catch(() => {});
  }
}
