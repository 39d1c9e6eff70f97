import {
  type Acknowledgement,
  type AnyContract,
  accept,
  parsePresenceRequest,
  refuse,
  validate,
} from '@roomcast/realtime-contract';
import type { MockPresence } from './mockPresence.ts';
import { selfId } from './otherMembers.ts';
import { presenceData } from './presenceData.ts';
import { presenceSchema } from './presenceSchema.ts';
import { PresenceStreams } from './presenceStreams.ts';

export interface SessionPresenceHost {
  readonly contract: AnyContract;
  readonly presence: MockPresence;
  /** Writes to the client. */
  write(message: string): void;
}

/** What a session asks with. */
export interface PresenceCall {
  readonly argument: unknown;
  readonly user: string | null;
  /** @throws RoomcastError where the session may not be present in this room, or no longer */
  assertAllowed(room: string): void;
}

/** How a session is present in its rooms, and hears who is. */
export class SessionPresence {
  readonly #host: SessionPresenceHost;
  readonly streams: PresenceStreams;

  constructor(host: SessionPresenceHost) {
    this.#host = host;
    this.streams = new PresenceStreams(host.presence, host.write);
  }

  /**
   * Never rejects.
   *
   * @returns the answer, and a function that tells the session what it asked for behind that
   */
  async dispatch(
    call: PresenceCall,
  ): Promise<{ readonly answer: Acknowledgement; readonly tell: () => void }> {
    try {
      return await this.#set(call);
    } catch (error) {
      return { answer: refuse(error), tell: () => {} };
    }
  }

  /** The session is in the room no more. */
  left(room: string): void {
    this.#host.presence.leave(room);
    this.streams.unfollow(room);
  }

  async #set({ argument, user, assertAllowed }: PresenceCall) {
    const { contract, presence } = this.#host;
    const { room, follow, member } = parsePresenceRequest(argument);
    const schema = presenceSchema(contract, room);
    assertAllowed(room);
    const data = member && presenceData(await validate(schema, member.data, 'presence'));
    // In the turns since.
    assertAllowed(room);
    if (member) presence.enter(room, { userId: user, data });
    else presence.leave(room);
    const tell = this.streams.follow(room, follow);
    return { answer: accept({ id: member ? selfId : null }), tell };
  }
}
