import type { Publication } from '@roomcast/realtime-contract';
import { byteLength } from './byteLength.ts';

/** A publication as it is kept: whatever its publisher does to the payload, the text stays. */
export interface LogEntry {
  readonly header: Omit<Publication, 'payload'>;
  readonly payloadText: string;
  /** Of the text in UTF-8. */
  readonly bytes: number;
}

export function createLogEntry(publication: Publication, payloadText: string): LogEntry {
  const { payload: _, ...header } = publication;
  return { header, payloadText, bytes: byteLength(payloadText) };
}

/** A copy, which nobody else has. */
export function toPublication({ header, payloadText }: LogEntry): Publication {
  return { ...header, payload: JSON.parse(payloadText) };
}
