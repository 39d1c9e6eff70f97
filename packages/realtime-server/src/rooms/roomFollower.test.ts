import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeBroker, type FakeBroker } from '../fakes/fakeBroker.ts';
import { createFakeMembership, type FakeMembership } from '../fakes/fakeMembership.ts';
import { RoomFollower } from './roomFollower.ts';

let broker: FakeBroker;
let membership: FakeMembership;
let follower: RoomFollower;
const news = { onPublication: vi.fn(), onGap: vi.fn(), onUnfollow: vi.fn() };

beforeEach(() => {
  vi.resetAllMocks();
  broker = createFakeBroker();
  membership = createFakeMembership();
  follower = new RoomFollower(broker, membership, news);
});

/** What was given up ends in a later turn. */
const unfollowed = () => vi.waitFor(() => expect(broker.followed).toEqual([]));

describe('RoomFollower', () => {
  it('holds a room only once it is followed', async () => {
    const onHeld = vi.fn();
    const hold = follower.hold('event-1').then(onHeld);
    await Promise.resolve();
    expect(onHeld).not.toHaveBeenCalled();
    await broker.settle('subscribe event-1');
    await hold;
    expect(onHeld).toHaveBeenCalledOnce();
  });

  it('follows a room once, however many are on their way into it', async () => {
    const holds = Promise.all([follower.hold('event-1'), follower.hold('event-1')]);
    expect(broker.waiting).toEqual(['subscribe event-1']);
    await broker.settle('subscribe event-1');
    await holds;
    expect(broker.followed).toEqual(['event-1']);
    expect(follower.size).toBe(1);
  });

  it('keeps for each hold what was published since it began, in order', async () => {
    broker.settleAlways();
    const first = await follower.hold('event-1');
    broker.emit('event-1', 'one');
    const second = await follower.hold('event-1');
    broker.emit('event-1', 'two');
    expect(first.publications.map(({ payload }) => payload)).toEqual(['one', 'two']);
    expect(second.publications.map(({ payload }) => payload)).toEqual(['two']);
  });

  it('keeps nothing for a hold that was released', async () => {
    broker.settleAlways();
    const first = await follower.hold('event-1');
    await follower.hold('event-1');
    first.release();
    broker.emit('event-1', 'one');
    expect(first.publications).toEqual([]);
  });

  it('says of a hold that it is not whole, once the log could not be followed', async () => {
    broker.settleAlways();
    const before = await follower.hold('event-1');
    expect(before.isWhole).toBe(true);
    broker.lose('event-1', 'lost');
    broker.breakRoom('event-1', 'overflow');
    const after = await follower.hold('event-1');
    expect([before.isWhole, after.isWhole]).toEqual([false, true]);
  });

  it('hands publications on, and gaps with the position from which to read', async () => {
    broker.settleAlways();
    await follower.hold('event-1');
    const publication = broker.emit('event-1', 'one');
    broker.lose('event-1', 'two');
    broker.breakRoom('event-1', 'overflow');
    broker.lose('event-1', 'three');
    broker.breakRoom('event-1', 'overflow');
    const { position } = publication;
    expect(news.onPublication.mock.calls).toEqual([[publication]]);
    expect(news.onGap.mock.calls).toEqual([
      ['event-1', position],
      ['event-1', { ...position, offset: 2 }],
    ]);
  });

  it('knows up to where the members of a room were told its news', async () => {
    broker.emit('event-1', 'before');
    expect(follower.position('event-1')).toBeNull();
    const holding = follower.hold('event-1');
    expect(follower.position('event-1')).toBeNull();
    await broker.settle('subscribe event-1');
    const hold = await holding;
    expect(follower.position('event-1')).toMatchObject({ offset: 1, revision: 0 });
    broker.emit('event-1', 'one');
    broker.emit('event-1', 'price', { delivery: 'latest' });
    broker.emit('event-1', 'gone', { delivery: 'volatile' });
    expect(follower.position('event-1')).toMatchObject({ offset: 2, revision: 1 });
    broker.lose('event-1', 'two');
    broker.breakRoom('event-1', 'overflow');
    expect(follower.position('event-1')).toMatchObject({ offset: 3, revision: 1 });
    hold.release();
    expect(follower.position('event-1')).toBeNull();
  });

  it('stands where the news is that came before the answer', async () => {
    const { subscribe } = broker;
    broker.subscribe = async (room, listener) => {
      const subscription = await subscribe(room, listener);
      broker.emit(room, 'early');
      return subscription;
    };
    broker.settleAlways();
    const hold = await follower.hold('event-1');
    expect(follower.position('event-1')).toMatchObject({ offset: 1 });
    expect(hold.publications).toHaveLength(1);
  });

  it('says so when it stops following, before anything can be published unheard', async () => {
    broker.settleAlways();
    const hold = await follower.hold('event-1');
    expect(news.onUnfollow).not.toHaveBeenCalled();
    hold.release();
    expect(news.onUnfollow.mock.calls).toEqual([['event-1']]);
  });

  it('stops following when the last hold is released and nobody has joined', async () => {
    broker.settleAlways();
    const first = await follower.hold('event-1');
    const second = await follower.hold('event-1');
    first.release();
    first.release();
    expect(follower.size).toBe(1);
    second.release();
    expect(follower.size).toBe(0);
    await unfollowed();
  });

  it('goes on following for the members, and stops with the last of them', async () => {
    broker.settleAlways();
    const hold = await follower.hold('event-1');
    membership.add('event-1', 'a');
    membership.add('event-1', 'b');
    hold.release();
    membership.remove('event-1', 'a');
    expect(follower.size).toBe(1);
    membership.remove('event-1', 'b');
    expect(follower.size).toBe(0);
    await unfollowed();
  });

  it('goes on following when the last member leaves while another is on the way in', async () => {
    broker.settleAlways();
    (await follower.hold('event-1')).release();
    membership.add('event-1', 'a');
    const hold = await follower.hold('event-1');
    membership.remove('event-1', 'a');
    expect(follower.size).toBe(1);
    broker.emit('event-1', 'one');
    expect(hold.publications).toHaveLength(1);
  });

  it('passes a failed subscription on to everybody who waits, and forgets it', async () => {
    const holds = Promise.allSettled([follower.hold('event-1'), follower.hold('event-1')]);
    await broker.settle('subscribe event-1', new Error('the log is down'));
    expect((await holds).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(follower.size).toBe(0);

    const again = follower.hold('event-1');
    await broker.settle('subscribe event-1');
    await again;
    expect(broker.followed).toEqual(['event-1']);
  });

  it('hears nothing from a subscription that it gave up but that has not ended yet', async () => {
    const listeners: ((payload: string) => void)[] = [];
    const { subscribe } = broker;
    broker.subscribe = (room, listener) => {
      const position = { epoch: 'epoch-1', offset: 1, revision: 0 };
      listeners.push((payload) =>
        listener.onPublication({
          ...{ room, event: 'posted', payload, delivery: 'reliable', publishedAtMs: 0, position },
        }),
      );
      return subscribe(room, listener);
    };
    broker.settleAlways();
    const first = await follower.hold('event-1');
    first.release();
    const second = await follower.hold('event-1');
    listeners[0]?.('from the old one');
    listeners[1]?.('from the new one');
    expect(second.publications.map(({ payload }) => payload)).toEqual(['from the new one']);
    expect(news.onPublication).toHaveBeenCalledOnce();
  });
});
