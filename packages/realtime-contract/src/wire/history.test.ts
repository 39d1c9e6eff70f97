import { describe, expect, it } from 'vitest';
import type { Publication } from '../contract/publication.ts';
import {
  encodeHistory,
  maxPagePublications,
  parseHistory,
  parseHistoryRequest,
} from './history.ts';

const since = { epoch: 'abc', offset: 3, revision: 7 };
const position = { epoch: 'abc', offset: 9, revision: 7 };
const sold: Publication = {
  room: 'event-42',
  event: 'sold',
  payload: { id: 't-1' },
  delivery: 'reliable',
  position: { ...since, offset: 4 },
  publishedAtMs: 1_000,
};
const overTheWire = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('a request for history', () => {
  it('has a room, a position and a limit', () => {
    const request = { room: 'event-42', since, limit: 20 };
    expect(parseHistoryRequest({ ...request, extra: 1 })).toEqual(request);
  });

  it('asks for a whole page where it names no limit', () => {
    expect(parseHistoryRequest({ room: 'a', since }).limit).toBe(maxPagePublications);
  });

  it.each([
    null,
    'event-42',
    [],
    {},
    { since },
    { room: 7, since },
    { room: 'a' },
    { room: 'a', since: { ...since, offset: -1 } },
    { room: 'a', since, limit: 0 },
    { room: 'a', since, limit: 301 },
    { room: 'a', since, limit: '20' },
  ])('is refused as %j', (value) => {
    expect(() => parseHistoryRequest(value)).toThrow(
      expect.objectContaining({ code: 'INVALID_ROOM' }),
    );
  });
});

describe('a piece of history', () => {
  const answer = encodeHistory([sold], sold.position, position);

  it('is read back as it was sent', () => {
    expect(parseHistory(overTheWire(answer))).toEqual({
      status: 'continued',
      epoch: 'abc',
      publications: [
        {
          ...{ event: 'sold', payload: { id: 't-1' }, delivery: 'reliable' },
          ...{ counter: 4, publishedAtMs: 1_000 },
        },
      ],
      next: sold.position,
      position,
    });
  });

  it('may be a gap', () => {
    const gap = { status: 'gap', reason: 'expired', missed: 6, position };
    expect(parseHistory({ ...gap, extra: 1 })).toEqual(gap);
    const { missed: _, ...uncounted } = gap;
    expect(parseHistory(uncounted)).toEqual(uncounted);
  });

  it.each([
    null,
    [],
    {},
    { ...answer, status: 'gap' },
    { ...answer, epoch: 7 },
    { ...answer, publications: [['sold']] },
    { ...answer, next: null },
    { ...answer, position: { epoch: '' } },
    { status: 'gap', reason: 'tired', position },
    { status: 'gap', reason: 'expired' },
  ])('is refused as %j', (value) => {
    expect(() => parseHistory(value)).toThrow(expect.objectContaining({ code: 'INVALID_FRAME' }));
  });
});
