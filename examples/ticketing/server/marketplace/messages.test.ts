import { expect, it } from 'vitest';
import { openDatabase } from '../database/openDatabase.ts';
import { listMessages, postMessage } from './messages.ts';

const eventId = 'keepers-map';

it('lists what was written, newest first, with the name of its author', () => {
  using database = openDatabase(':memory:');
  postMessage(database, { eventId, authorId: 'ada', text: 'First' });
  const posted = postMessage(database, { eventId, authorId: 'ben', text: 'Second' });
  const messages = listMessages(database, eventId);
  expect(messages.map((message) => message.text)).toEqual(['Second', 'First']);
  expect(messages[0]).toEqual(posted);
  expect(posted.author).toEqual({ id: 'ben', name: 'Ben Lindqvist' });
});

it('keeps the comments of one event out of another', () => {
  using database = openDatabase(':memory:');
  postMessage(database, { eventId, authorId: 'ada', text: 'Here only' });
  const texts = listMessages(database, 'night-ferry').map((message) => message.text);
  expect(texts).not.toContain('Here only');
});

it('shows the newest comments when there are more than fit', () => {
  using database = openDatabase(':memory:');
  for (let index = 1; index <= 60; index += 1) {
    postMessage(database, { eventId, authorId: 'ada', text: `Comment ${index}` });
  }
  const messages = listMessages(database, eventId);
  expect(messages).toHaveLength(50);
  expect(messages[0]?.text).toBe('Comment 60');
});

it.each([
  ['EVENT_NOT_FOUND', { eventId: 'nowhere', authorId: 'ada' }],
  ['USER_NOT_FOUND', { eventId, authorId: 'nobody' }],
])('refuses as %s a comment with %o', (code, draft) => {
  using database = openDatabase(':memory:');
  expect(() => postMessage(database, { ...draft, text: 'Hello?' })).toThrow(
    expect.objectContaining({ code }),
  );
});
