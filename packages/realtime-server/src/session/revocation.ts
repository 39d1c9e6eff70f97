import { isRecord } from '@roomcast/realtime-contract';

const kinds = ['user', 'token', 'expired-token'] as const;

/** What is refused although its time is not over: a user's tokens so far, or one token. */
export interface Revocation {
  readonly kind: (typeof kinds)[number];
  /** Of the user or of the token. */
  readonly id: string;
  /** When it was refused, in milliseconds since the Unix epoch. */
  readonly atMs: number;
}

/** Names what is refused: a later revocation with the same name takes the place of this one. */
export function revocationKey({ kind, id }: Pick<Revocation, 'kind' | 'id'>): string {
  return `${kind} ${id}`;
}

/** A revocation as another node wrote it, or null for anything else. */
export function parseRevocation(value: unknown): Revocation | null {
  if (!isRecord(value)) return null;
  const { id, atMs } = value;
  const kind = kinds.find((one) => one === value.kind);
  const isWhole = kind && typeof id === 'string' && typeof atMs === 'number' && atMs >= 0;
  return isWhole ? { kind, id, atMs } : null;
}
