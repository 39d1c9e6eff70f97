import type { Publication } from '@roomcast/realtime-contract';
import { expect, test } from 'vitest';
import { RoomFollowers } from './roomFollowers.ts';

const publicationAt = (offset: number): Publication => ({
  ...{ room: 'event-1', event: 'new-message', payload: 'hello', delivery: 'reliable' },
  position: { epoch: 'epoch', offset, revision: 0 },
  publishedAtMs: 0,
});

function recordInto(heard: Publication[], react: () => void = () => {}) {
  return {
    onPublication(publication: Publication) {
      heard.push(publication);
      react();
    },
    onGap() {},
  };
}

test('a room is followed until its last follower ends', () => {
  const followers = new RoomFollowers();
  const listener = recordInto([]);
  const [end, endAgain] = [followers.add(listener), followers.add(listener)];
  expect(followers.size).toBe(2);
  expect([end(), end()]).toEqual([true, false]);
  expect(followers.size).toBe(1);
  expect(endAgain()).toBe(true);
  expect(followers.size).toBe(0);
});

test('what waits for its turn is not delivered to a follower that joins meanwhile', () => {
  const followers = new RoomFollowers();
  const heardLate: Publication[] = [];
  let published = 0;
  const publish = () => {
    published += 1;
    followers.deliver(publicationAt(published), () => {});
  };
  const react = () => {
    if (published > 1) return;
    publish();
    followers.add(recordInto(heardLate));
  };
  followers.add(recordInto([], react));
  publish();
  publish();
  expect(heardLate.map(({ position }) => position.offset)).toEqual([3]);
});

test('followers that are cleared amid a delivery hear nothing more', () => {
  const followers = new RoomFollowers();
  const heard: Publication[] = [];
  followers.add(recordInto([], () => followers.clear()));
  followers.add(recordInto(heard));
  followers.deliver(publicationAt(1), () => {});
  expect(heard).toEqual([]);
  expect(followers.size).toBe(0);
});
