// @vitest-environment node
import { expect, it } from 'vitest';
import { FakeClient } from '../../test/fakeClient.ts';
import { joinRoom } from './joinRoom.ts';

it('uses the room until it is released', () => {
  const client = new FakeClient();
  const use = joinRoom(client, ['event', { eventId: '42' }]);
  expect(client.rooms).toEqual({ 'event-42': 1 });
  use.release();
  expect(client.rooms).toEqual({});
});

it.each([
  ['an id that no room can have', ['event', { eventId: '' }], 'eventId'],
  ['a kind of room that the contract lacks', ['venue', { venueId: '1' }], 'venue'],
] as const)('is refused, and throws nothing, for %s', (_, target, message) => {
  const use = joinRoom(new FakeClient(), target);
  expect(use.state).toMatchObject({ status: 'refused', error: { code: 'INVALID_ROOM' } });
  expect(use.state).toMatchObject({ error: { message: expect.stringContaining(message) } });
  expect(use.position).toBeNull();
  use.watchState(() => {})();
  use.release();
});

it('is refused with an Error whatever was thrown', () => {
  const client = new FakeClient();
  client.subscribe = () => {
    throw 'no error';
  };
  const { state } = joinRoom(client, ['event', { eventId: '42' }]);
  expect(state).toEqual({ status: 'refused', error: new Error('no error') });
});
