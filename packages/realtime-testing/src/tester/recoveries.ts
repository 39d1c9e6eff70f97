import type { RealtimeClient, RoomRecovery } from '@roomcast/realtime-client';
import type { AnyContract } from '@roomcast/realtime-contract';
import { Recorder } from '../recordings/recorder.ts';
import type { Recording } from '../recordings/recording.ts';

/** What became of the streams of a tester's rooms. */
export class Recoveries {
  readonly #recorder: Recorder<RoomRecovery>;
  /** By room, since the connection was lost last; null where it never was. */
  #sinceLoss: Map<string, RoomRecovery> | null = null;

  /** @param assertOpen - throws while there can be none */
  constructor(assertOpen: () => void) {
    this.#recorder = new Recorder('recovery', () => this.#summary(), assertOpen);
  }

  get recording(): Recording<RoomRecovery> {
    return this.#recorder.recording;
  }

  listen<C extends AnyContract>(client: RealtimeClient<C>): void {
    this.#sinceLoss = null;
    client.watchState(({ status }) => {
      if (status === 'reconnecting') this.#sinceLoss = new Map();
    });
    client.onRecovery((recovery) => {
      this.#recorder.record(recovery);
      this.#sinceLoss?.set(recovery.room, recovery);
    });
  }

  /**
   * Those since the connection was lost last, once each room has one; null before. A room that is
   * refused without a word about its stream, as where nobody knows its position, is missed as well.
   */
  ofLastLoss<C extends AnyContract>({
    contract,
    state,
    ports,
  }: RealtimeClient<C>): readonly RoomRecovery[] | null {
    const recoveries = this.#sinceLoss;
    if (!recoveries || state.status !== 'connected') return null;
    const rooms = [...ports.inspection.rooms.all].map(({ room }) => room);
    const silent = rooms.filter(({ name }) => !recoveries.has(name));
    if (silent.some(({ state: { status } }) => status !== 'refused')) return null;
    return [...recoveries.values(), ...silent.map(({ name }) => refused(contract, name))];
  }

  /** Where a client stands, for one who waits in vain for its rooms. */
  describe<C extends AnyContract>({ state, ports }: RealtimeClient<C>): string {
    if (!this.#sinceLoss) return 'The connection was not lost';
    if (state.status !== 'connected') return `The state is "${state.status}"`;
    const rooms = [...ports.inspection.rooms.all].map(({ room }) => room.name);
    const missing = rooms.filter((room) => !this.#sinceLoss?.has(room));
    return `No answer about ${missing.map((room) => `"${room}"`).join(', ')}`;
  }

  #summary(): string {
    const list = this.recording.map(({ room, status }) => `"${room}" ${status}`);
    return list.length === 0 ? 'There was none at all.' : `So far: ${list.join(', ')}.`;
  }
}

function refused(contract: AnyContract, room: string): RoomRecovery {
  const { kind = '', params = {} } = contract.parseRoom(room) ?? {};
  return { room, kind, params, status: 'gap', reason: 'unauthorized', during: 'join' };
}
