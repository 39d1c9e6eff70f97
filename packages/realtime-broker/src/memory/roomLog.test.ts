import type { Publication, PublicationInput } from '@roomcast/realtime-contract';
import { expect, test } from 'vitest';
import { RoomLog } from './roomLog.ts';

const message: PublicationInput = {
  room: 'event-1',
  event: 'new-message',
  payload: 'hello',
  delivery: 'reliable',
};

function recordInto(heard: Publication[], react: () => void = () => {}) {
  return {
    onPublication(publication: Publication) {
      heard.push(publication);
      react();
    },
    onGap() {},
  };
}

test('a log is followed until its last follower ends', () => {
  const log = new RoomLog();
  const listener = recordInto([]);
  expect(log.isFollowed).toBe(false);
  const [end, endAgain] = [log.follow(listener), log.follow(listener)];
  end();
  end();
  expect(log.isFollowed).toBe(true);
  endAgain();
  expect(log.isFollowed).toBe(false);
});

test('what waits for its turn is not delivered to a follower that joins meanwhile', () => {
  const log = new RoomLog();
  const heardLate: Publication[] = [];
  const publish = () => log.deliver(log.append(message, 0), () => {});
  const react = () => {
    if (log.position.offset > 1) return;
    publish();
    log.follow(recordInto(heardLate));
  };
  log.follow(recordInto([], react));
  publish();
  publish();
  expect(heardLate.map(({ position }) => position.offset)).toEqual([3]);
});

test('a log that is closed amid a delivery delivers nothing more', () => {
  const log = new RoomLog();
  const heard: Publication[] = [];
  log.follow(recordInto([], () => log.close()));
  log.follow(recordInto(heard));
  log.deliver(log.append(message, 0), () => {});
  expect(heard).toEqual([]);
  expect(log.isFollowed).toBe(false);
});

test('two logs never share an epoch', () => {
  expect(new RoomLog().position.epoch).not.toBe(new RoomLog().position.epoch);
});
