import { deepEqual, ok } from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { Position, Publication } from '@roomcast/realtime-contract';
import type { Broker, ReadLimits, ReadResult } from '../broker.ts';
import { assertPage } from './assertPage.ts';

/** What somebody gets who reads a room's log to its end. */
export interface LogReading {
  /** The answers, one for each read. */
  readonly pages: readonly ReadResult[];
  /** What all of them hold together. */
  readonly publications: readonly Publication[];
  readonly gaps: readonly (ReadResult & { readonly status: 'gap' })[];
}

export interface LogReader {
  readonly room: string;
  readonly since: Position | null;
  readonly limits: ReadLimits;
}

/** More pages than any case needs. */
const maxPages = 100;

/** Reads on until `next` says that there is no more, and makes sure that it says so just then. */
export async function readToEnd(broker: Broker, reader: LogReader): Promise<LogReading> {
  const { room, limits } = reader;
  const pages: ReadResult[] = [];
  const position = await broker.position(room);
  for (let since = reader.since; ; ) {
    const page = await broker.read(room, since, limits);
    assertPage(page, since, limits);
    deepEqual(page.position, position);
    ok(pages.length === 0 || hasNews(page), 'Expected more, since `next` was not at the end.');
    pages.push(page);
    if (isDeepStrictEqual(page.next, position)) break;
    ok(pages.length < maxPages, `Expected to reach the end within ${maxPages} reads.`);
    since = page.next;
  }
  const beyond = await broker.read(room, position, limits);
  ok(!hasNews(beyond), 'Expected nothing more, since `next` was at the end.');
  return {
    pages,
    publications: pages.flatMap((page) => (page.status === 'continued' ? page.publications : [])),
    gaps: pages.filter((page) => page.status === 'gap'),
  };
}

function hasNews(page: ReadResult): boolean {
  return page.status === 'gap' || page.publications.length > 0;
}
