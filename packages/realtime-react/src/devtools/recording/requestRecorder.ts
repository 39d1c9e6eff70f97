import type { Notice } from '@roomcast/realtime-client';
import { type Clock, clientRequests, isRecord } from '@roomcast/realtime-contract';
import { messageBytes } from './messageBytes.ts';
import { payloadText } from './payloadText.ts';
import type { RequestRecord } from './records.ts';
import { Ring } from './ring.ts';

/** The types of Socket.IO packets that carry a request and its acknowledgement. */
const [eventType, ackType] = ['2', '3'];

const requestNames: ReadonlyMap<string, string> = new Map(
  Object.entries(clientRequests).map(([name, wireName]) => [wireName, name]),
);

/** Puts requests and their acknowledgements together. */
export class RequestRecorder {
  readonly #clock: Clock;
  readonly #nextId: () => number;
  readonly records: Ring<RequestRecord> = new Ring(200);
  /** By the id that the connection of now has given them. */
  readonly #waiting = new Map<number, RequestRecord>();

  constructor(clock: Clock, nextId: () => number) {
    this.#clock = clock;
    this.#nextId = nextId;
  }

  sent({ message, packet }: Extract<Notice, { type: 'sent' }>): void {
    const { type, id, payload } = packet;
    if (type !== eventType || id === undefined || !Array.isArray(payload)) return;
    const [wireName, input] = payload;
    const name = requestNames.get(wireName);
    // A token is nobody's business, also not on a screenshot.
    const isSecret = wireName === clientRequests.authenticate;
    const record: RequestRecord = {
      ...{ id: this.#nextId(), atMs: this.#clock.now(), name: name ?? String(wireName) },
      ...{ isAction: name === undefined, wireBytes: messageBytes(message) },
      input: payloadText(isSecret ? '(a token)' : input),
      ...{ outcome: 'waiting', answer: null, durationMs: null, revision: 0 },
    };
    this.records.add(record);
    this.#waiting.set(id, record);
  }

  /** @returns what the server accepted a `join` with; null for any other message */
  received({ packet }: Extract<Notice, { type: 'received' }>): unknown {
    const record = packet?.type === ackType && this.#waiting.get(packet.id ?? -1);
    if (!record || !packet) return null;
    this.#waiting.delete(packet.id ?? -1);
    const [answer] = Array.isArray(packet.payload) ? packet.payload : [];
    const isAccepted = isRecord(answer) && answer.ok === true;
    const value = isRecord(answer) ? (isAccepted ? answer.value : answer.error) : answer;
    record.answer = payloadText(value);
    this.#settle(record, isAccepted ? 'accepted' : 'refused');
    return isAccepted && record.name === 'join' && !record.isAction ? value : null;
  }

  /** The connection is gone, and its ids begin anew with the next. */
  lose(): void {
    for (const record of this.#waiting.values()) this.#settle(record, 'lost');
    this.#waiting.clear();
  }

  #settle(record: RequestRecord, outcome: RequestRecord['outcome']): void {
    record.outcome = outcome;
    record.durationMs = this.#clock.now() - record.atMs;
    record.revision += 1;
  }
}
