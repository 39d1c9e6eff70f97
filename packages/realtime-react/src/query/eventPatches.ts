import type { ReportError } from '@roomcast/realtime-contract';
import type { QueryKey } from '@tanstack/react-query';
import { checkPatch } from './checkPatch.ts';
import type { EventAppend, EventPatch, EventSync } from './querySync.ts';

/** A patch of which only the contract knows the types. */
interface AnyPatch {
  keys(payload: unknown, meta: unknown): readonly QueryKey[];
  apply(data: unknown, payload: unknown, meta: unknown): unknown;
}

/** What an event changes in the data of queries, as patches of one kind. */
export function eventPatches(
  event: string,
  { patch, append }: EventSync,
  report: ReportError,
): readonly AnyPatch[] {
  const patches = [patch, append && appending(append)].filter((one) => one !== undefined);
  return patches.map(({ keys, apply }) => ({
    keys: keys as AnyPatch['keys'],
    apply: (data, payload, meta) => {
      const once = (before: unknown) => apply(before, payload as never, meta as never);
      return checkPatch(once, event, report)(data);
    },
  }));
}

function appending({ keys, item, idOf }: EventAppend): EventPatch {
  return {
    keys,
    apply: (data, payload, meta) => upsert(data, item(payload, meta), idOf),
  };
}

/** @throws where the data is no list */
function upsert(data: unknown, item: unknown, idOf: EventAppend['idOf']): readonly unknown[] {
  if (!Array.isArray(data)) throw new TypeError('The data of an `append` is no list.');
  const id = idOf(item);
  const index = data.findIndex((known) => idOf(known) === id);
  return index < 0 ? [...data, item] : data.map((known, at) => (at === index ? item : known));
}
