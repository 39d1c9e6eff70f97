import { RoomcastError } from '@roomcast/realtime-contract';
import { expect, it } from 'vitest';
import { mergeReasons } from '../coordinator/mergeReasons.ts';
import { countReasons } from './countReasons.ts';

it('counts failures by code and message, with what made a transport fail', () => {
  const reasons = countReasons();
  const description = { message: 'connect ECONNREFUSED 127.0.0.1:1' };
  const cause = Object.assign(new Error('websocket error'), { description });
  reasons.count(new RoomcastError('CONNECTION_FAILED', 'No connection.', { cause }));
  reasons.count(new Error('Hush.'));
  reasons.count(new Error('Hush.'));
  reasons.count('odd');
  expect(reasons.all).toEqual({
    'CONNECTION_FAILED: No connection. connect ECONNREFUSED 127.0.0.1:1.': 1,
    ...{ 'Hush.': 2, odd: 1 },
  });
});

it('has an end to how many reasons it tells apart', () => {
  const reasons = countReasons();
  for (let id = 0; id < 100; id += 1) reasons.count(new Error(`No ${id}`));
  reasons.count(new Error('No 3'));
  expect(Object.keys(reasons.all)).toHaveLength(21);
  expect(reasons.all).toMatchObject({ 'No 3': 2, 'other reasons': 80 });
});

it('adds up those of several processes', () => {
  expect(mergeReasons([{ a: 1, b: 2 }, {}, { b: 3 }])).toEqual({ a: 1, b: 5 });
});
