import { type AnyContract, encodeHandshake, parseFrame } from '@roomcast/realtime-contract';
import type { Dialogue } from './dialogue.ts';

export interface FramedDialogueOptions {
  readonly contract: AnyContract;
  readonly token: string;
  readonly rooms: readonly string[];
  /** What the client can read beyond text. @default nothing */
  readonly features?: readonly string[];
  /** Is told what of it the server has too. */
  onFeatures?(agreed: readonly string[]): void;
}

/** Connects to ours, authenticates and joins: everything is in the CONNECT, and in its answer. */
export function framedDialogue(options: FramedDialogueOptions): Dialogue {
  const { contract, token, rooms, features = [], onFeatures } = options;
  const { version: contractVersion, fingerprint } = contract;
  const auth = encodeHandshake({
    ...{ dialect: 'framed', token, contractVersion, fingerprint, features },
    rooms: rooms.map((room) => ({ room })),
  });
  return {
    hear(message) {
      if (message.startsWith('0')) return [`40${JSON.stringify(auth)}`];
      if (message.startsWith('40')) return [];
      const frame = message.startsWith('4W') ? parseFrame(message.slice(1)) : null;
      const joined = frame?.type === 'welcome' ? frame.rooms : [];
      const isIn = rooms.every((room) =>
        joined.some((result) => result.room === room && result.status === 'fresh'),
      );
      if (frame?.type !== 'welcome' || !isIn) {
        throw new Error(`Expected a welcome to ${rooms.length} rooms, got ${message}`);
      }
      onFeatures?.(frame.features);
      return null;
    },
  };
}
