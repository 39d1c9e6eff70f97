import {
  encodeHandshake,
  type Frame,
  type Position,
  type PublicationsFrame,
  parseFrame,
  type RoomRequest,
} from '@roomcast/realtime-contract';
import { benchContract } from '../peers/benchContract.ts';
import type { ReturningClient } from './returningClient.ts';

/** A client of ours: the welcome and each frame tell it where it stands. */
export function createOursReturning(room: string, token: string): ReturningClient {
  let session: string | undefined;
  let position: Position | undefined;

  function connect(request: RoomRequest): string {
    const { version: contractVersion, fingerprint } = benchContract;
    const auth = encodeHandshake({
      ...{ dialect: 'framed', token, contractVersion, fingerprint, features: [] },
      rooms: [request],
      ...(session !== undefined && { session }),
    });
    return `40${JSON.stringify(auth)}`;
  }

  /** @returns how many publications a message brought */
  function take({ publications }: PublicationsFrame): number {
    for (const { counter } of publications) {
      if (!position || counter !== position.offset + 1) {
        throw new Error(`Expected the publication after ${position?.offset}, got ${counter}.`);
      }
      position = { ...position, offset: counter };
    }
    return publications.length;
  }

  return {
    get hasPlace() {
      return position !== undefined && position.offset > 0;
    },
    join: () => ({
      hear(message) {
        if (message.startsWith('0')) return [connect({ room })];
        const frame = readFrame(message);
        if (frame?.type === 'publications') take(frame);
        if (frame?.type !== 'welcome') return [];
        const [result] = frame.rooms;
        if (result?.status !== 'fresh') throw unexpected('a welcome to the room', message);
        ({ session, position } = { session: frame.session, position: result.position });
        return null;
      },
    }),
    resume(missed) {
      let arrived = 0;
      return {
        hear(message) {
          if (message.startsWith('0')) return [connect({ room, ...(position && { position }) })];
          const frame = readFrame(message);
          if (frame?.type === 'welcome') {
            if (frame.rooms[0]?.status !== 'resumed') throw unexpected('the room resumed', message);
            ({ session } = frame);
          }
          if (frame?.type === 'publications') arrived += take(frame);
          return arrived < missed ? [] : null;
        },
      };
    },
  };
}

function readFrame(message: string): Frame | null {
  if (message.startsWith('40')) return null;
  if (message.startsWith('44')) throw unexpected('to be let in', message);
  return parseFrame(message.slice(1));
}

function unexpected(expected: string, message: string): Error {
  return new Error(`Expected ${expected}, got ${message.slice(0, 200)}`);
}
