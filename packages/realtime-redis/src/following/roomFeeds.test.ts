import { type Position, systemClock } from '@roomcast/realtime-contract';
import { expect, it } from 'vitest';
import { RoomFeeds } from './roomFeeds.ts';

const room = 'event-1';
const position: Position = { epoch: 'e', offset: 1, revision: 0 };

/** Feeds whose subscriptions are answered when the test says so. */
function openFeeds() {
  let hear = (_channel: string, _message: string) => {};
  const answers: (() => void)[] = [];
  const feeds = new RoomFeeds({
    channels: {
      add: () => new Promise((resolve) => void answers.push(resolve)),
      remove() {},
      onNews: (handler) => {
        hear = handler;
        return () => {};
      },
      onAgain() {},
    },
    ...{ clock: systemClock, onError: () => {}, channel: () => 'news' },
    locate: async () => position,
    read: async () => ({
      ...{ status: 'continued', since: position, next: position, position },
      publications: [],
    }),
  });
  const publication = { room, event: 'beat', delivery: 'volatile', publishedAtMs: 1, position };
  return {
    feeds,
    answerSubscription: () => answers.shift()?.(),
    tell: (payload: unknown) => hear('news', JSON.stringify({ ...publication, payload })),
  };
}

it('who follows a room hears nothing that was on its way before it was subscribed', async () => {
  const { feeds, answerSubscription, tell } = openFeeds();
  const heard: unknown[] = [];
  const following = feeds.follow(room, {
    onPublication: ({ payload }) => void heard.push(payload),
    onGap() {},
  });
  tell('stale');
  answerSubscription();
  await following;
  tell('fresh');
  expect(heard).toEqual(['fresh']);
});
