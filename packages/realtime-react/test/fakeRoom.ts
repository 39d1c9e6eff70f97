import type { RoomState, RoomSubscription } from '@roomcast/realtime-client';
import type { Position } from '@roomcast/realtime-contract';
import { Callbacks } from './callbacks.ts';

/** A room of a fake client, which a test moves by hand. */
export class FakeRoom {
  readonly name: string;
  readonly watchers: Callbacks<RoomState> = new Callbacks();
  state: RoomState = { status: 'joining' };
  position: Position | null = null;
  uses = 0;

  constructor(name: string) {
    this.name = name;
  }

  move(state: RoomState): void {
    this.state = state;
    this.watchers.notify(state);
  }

  use(): RoomSubscription {
    this.uses += 1;
    let isReleased = false;
    const room = this;
    return {
      room: this.name,
      get state() {
        return room.state;
      },
      get position() {
        return room.position;
      },
      watchState: (callback) => room.watchers.add(callback),
      onRecovery: () => notUsed(),
      onPublication: () => notUsed(),
      joined: () => Promise.reject(new Error('The hooks do not wait for rooms.')),
      release() {
        if (!isReleased) room.uses -= 1;
        isReleased = true;
      },
    };
  }
}

function notUsed(): never {
  throw new Error('The hooks hear of all rooms from the client.');
}
