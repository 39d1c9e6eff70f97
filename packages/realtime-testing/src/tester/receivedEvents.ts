import type { RealtimeClient } from '@roomcast/realtime-client';
import type { AnyContract, EventName, EventPayload } from '@roomcast/realtime-contract';
import { assertDeclared } from '../assertDeclared.ts';
import { RecordersByName } from '../recordings/recordersByName.ts';
import type { Recording } from '../recordings/recording.ts';

/** An event that arrived, of whatever name. */
export type ReceivedEvent<C extends AnyContract> = {
  readonly [Name in EventName<C>]: {
    readonly event: Name;
    readonly payload: EventPayload<C, Name>;
    /** The name of the room that it came in. */
    readonly room: string;
  };
}[EventName<C>];

/** The events that arrived at a tester, from all of its connections. */
export class ReceivedEvents<C extends AnyContract> {
  readonly all: ReceivedEvent<C>[] = [];
  readonly #contract: C;
  readonly #payloads: RecordersByName;

  /** @param assertOpen - throws while nothing can arrive */
  constructor(contract: C, assertOpen: () => void) {
    this.#contract = contract;
    this.#payloads = new RecordersByName(assertOpen);
  }

  listen(client: RealtimeClient<C>): void {
    for (const event of Object.keys(client.contract.events)) {
      client.on(event, (payload, { room }) => {
        this.all.push({ event, payload, room } as ReceivedEvent<C>);
        this.#payloads.of(event).record(payload);
      });
    }
  }

  /** @throws RoomcastError `UNKNOWN_EVENT` */
  of<Name extends EventName<C>>(name: Name): Recording<EventPayload<C, Name>> {
    assertDeclared(this.#contract, 'event', name);
    return this.#payloads.of(name).recording as Recording<EventPayload<C, Name>>;
  }
}
