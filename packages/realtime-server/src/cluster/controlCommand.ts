import { isRecord } from '@roomcast/realtime-contract';

/** What every node is to do to the sessions of one user. */
export type ControlCommand =
  | { readonly name: 'reauthorise' | 'disconnect'; readonly userId: string }
  | { readonly name: 'evict'; readonly userId: string; readonly room: string };

/** A command as another node wrote it, or null for anything else. */
export function parseControlCommand(value: unknown): ControlCommand | null {
  if (!isRecord(value) || typeof value.userId !== 'string') return null;
  const { name, userId, room } = value;
  if (name === 'reauthorise' || name === 'disconnect') return { name, userId };
  return name === 'evict' && typeof room === 'string' ? { name, userId, room } : null;
}
