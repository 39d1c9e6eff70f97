import type { LogEntry } from '../logEntry.ts';

export interface FakeEntry {
  readonly offset?: number;
  readonly revision?: number;
  readonly key?: string;
  readonly removed?: true;
  readonly publishedAtMs?: number;
  readonly bytes?: number;
}

/** An entry of a log, and a function that hears of it whenever somebody looks at the entry. */
export function logEntryAt(chosen: FakeEntry, onLook: () => void = () => {}): LogEntry {
  const { offset = 0, revision = 0, publishedAtMs = 0, bytes = 1, ...rest } = chosen;
  const position = { epoch: 'epoch', offset, revision };
  const delivery = offset > 0 ? 'reliable' : 'latest';
  const header = { room: 'event-1', event: 'posted', delivery, position, publishedAtMs } as const;
  const entry: LogEntry = { header: { ...header, ...rest }, payloadText: '1', bytes };
  return new Proxy(entry, {
    get(target, property) {
      onLook();
      return Reflect.get(target, property);
    },
  });
}
