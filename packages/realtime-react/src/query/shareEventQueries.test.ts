// @vitest-environment node
import { QueryClient } from '@tanstack/react-query';
import { beforeEach, expect, it, vi } from 'vitest';
import { FakeClient } from '../../test/fakeClient.ts';
import { shareEventQueries } from './shareEventQueries.ts';

let client: FakeClient;
let queries: QueryClient;
beforeEach(() => {
  client = new FakeClient();
  queries = new QueryClient();
});

/** How often an event invalidates its queries. */
function invalidations(eventId: string, of: QueryClient = queries): number {
  const invalidate = vi.spyOn(of, 'invalidateQueries');
  client.publish('new-message', eventId);
  const { length } = invalidate.mock.calls;
  invalidate.mockRestore();
  return length;
}

it('acts once on an event, however many watch', () => {
  shareEventQueries(client, queries, '42');
  shareEventQueries(client, queries, '42');
  expect(invalidations('42')).toBe(1);
});

it('goes on until the last has stopped, even where one stops twice', () => {
  const stopFirst = shareEventQueries(client, queries, '42');
  const stopSecond = shareEventQueries(client, queries, '42');
  stopFirst();
  stopFirst();
  expect(invalidations('42')).toBe(1);
  stopSecond();
  expect(invalidations('42')).toBe(0);
  expect(client.listeners).toBe(0);
  expect(client.rooms).toEqual({});
});

it('begins anew after the last has stopped', () => {
  shareEventQueries(client, queries, '42')();
  shareEventQueries(client, queries, '42');
  expect(invalidations('42')).toBe(1);
});

it('keeps events, query clients and clients apart', () => {
  const otherQueries = new QueryClient();
  const otherClient = new FakeClient();
  shareEventQueries(client, queries, '42');
  shareEventQueries(client, queries, '43');
  shareEventQueries(client, otherQueries, '42');
  shareEventQueries(otherClient, queries, '42');
  expect(invalidations('42')).toBe(1);
  expect(invalidations('43')).toBe(1);
  expect(invalidations('42', otherQueries)).toBe(1);
  expect(otherClient.rooms).toEqual({ 'event-42': 1 });
});
