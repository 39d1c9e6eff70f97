import { RoomcastError } from '@roomcast/realtime-contract';
import { wasNotRun } from '../connection/wasNotRun.ts';

/** The publication was certainly not appended. */
export function publishFailed(room: string, cause: unknown): RoomcastError {
  return new RoomcastError(
    'PUBLISH_FAILED',
    `The publication to "${room}" was not appended: ${reason(cause)} Publish again once Redis is back.`,
    { cause },
  );
}

/** Nobody knows whether the publication was appended. */
function publishOutcomeUnknown(room: string, cause: unknown): RoomcastError {
  return new RoomcastError(
    'PUBLISH_OUTCOME_UNKNOWN',
    `The publication to "${room}" may have been appended or not: ${reason(cause)} Publish again with the same idempotencyKey; without one it may appear twice.`,
    { cause },
  );
}

/** Another call of the same room was run first, so that this one would come too late. */
export function publishOvertaken(room: string, cause: unknown): RoomcastError {
  const text = 'Another publication came before it while the room moved to another server.';
  return publishFailed(room, new Error(text, { cause }));
}

/** What becomes of a publish whose command was handed over and failed. */
export function publishError(room: string, cause: unknown): RoomcastError {
  return wasNotRun(cause) ? publishFailed(room, cause) : publishOutcomeUnknown(room, cause);
}

function reason(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : 'Redis is away';
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
