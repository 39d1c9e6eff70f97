import type { ConnectionState } from '@roomcast/realtime-client';
import {
  encodePublications,
  type FramedPublication,
  type Publication,
  parseFrame,
  RoomcastError,
} from '@roomcast/realtime-contract';
import type { FakeClient } from './fakeClient.ts';

/** What devtools are told of a client, as the wire would have it. */
export class NoticeStage {
  readonly #client: FakeClient;
  #offset = 0;

  constructor(client: FakeClient) {
    this.#client = client;
  }

  /** A frame of publications, each an event and its payload; they are not delivered yet. */
  receive(room: string, ...events: readonly [string, unknown][]): readonly FramedPublication[] {
    const publications = events.map(([event, payload]): Publication => {
      this.#offset += 1;
      const position = { epoch: 'a', offset: this.#offset, revision: 0 };
      return { room, event, payload, delivery: 'reliable', position, publishedAtMs: 0 };
    });
    const text = encodePublications(publications as [Publication, ...Publication[]]);
    const frame = parseFrame(text);
    this.#client.notices.notify({ type: 'received', message: text, text, frame });
    return frame.type === 'publications' ? frame.publications : [];
  }

  deliver(publication: FramedPublication | undefined): void {
    if (publication) this.#client.notices.notify({ type: 'delivered', publication });
  }

  send(id: number, name: string, input: unknown): void {
    const packet = { type: '2', namespace: '/', id, payload: [name, input] };
    const message = `2${id}${JSON.stringify(packet.payload)}`;
    this.#client.notices.notify({ type: 'sent', message, packet });
  }

  answer(id: number, acknowledgement: unknown): void {
    const packet = {
      ...{ type: '3', namespace: '/', id, payload: [acknowledgement], attachments: 0 },
    };
    const message = `3${id}${JSON.stringify(packet.payload)}`;
    this.#client.notices.notify({ type: 'received', message, packet });
  }
}

/** The connection is gone, and the next attempt is then. */
export function lost(retryAtMs: number): ConnectionState {
  const error = new RoomcastError('CONNECTION_LOST', 'The network is gone.');
  return { status: 'reconnecting', attempt: 1, retryAtMs, error };
}
