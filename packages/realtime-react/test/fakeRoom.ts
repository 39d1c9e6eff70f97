import type {
  Recovery,
  RoomPublication,
  RoomState,
  RoomSubscription,
} from '@roomcast/realtime-client';
import type { Position } from '@roomcast/realtime-contract';
import { Callbacks } from './callbacks.ts';

/** A room of a fake client, which a test moves by hand. */
export class FakeRoom {
  readonly name: string;
  readonly watchers: Callbacks<RoomState> = new Callbacks();
  readonly recoveries: Callbacks<Recovery> = new Callbacks();
  readonly publications: Callbacks<RoomPublication> = new Callbacks();
  state: RoomState = { status: 'joining' };
  position: Position | null = null;
  uses = 0;

  constructor(name: string) {
    this.name = name;
  }

  /** How many callbacks are registered. */
  get listeners(): number {
    return this.watchers.size + this.recoveries.size + this.publications.size;
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
      onRecovery: (callback) => room.recoveries.add(callback),
      onPublication: (callback) => room.publications.add(callback),
      joined: () => Promise.reject(new Error('The hooks do not wait for rooms.')),
      release() {
        if (!isReleased) room.uses -= 1;
        isReleased = true;
      },
    };
  }
}
