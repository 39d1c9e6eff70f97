import { type PublishResult, systemClock } from '@roomcast/realtime-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeMasters } from '../fakes/fakeMasters.ts';
import { PublishQueue } from './publishQueue.ts';

const timeoutMs = 1_000;

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** A queue whose publishes are answered by the test. */
function openQueue() {
  const fake = fakeMasters();
  const sent: { name: string; answer(error?: Error): Promise<void> }[] = [];
  const settled: string[] = [];
  const queue = new PublishQueue({
    ...{ masters: fake.masters, clock: systemClock, timeoutMs, whileAway: 'fail' },
    ...{ maxWaitingBytes: 100, key: (room) => room },
  });
  return {
    ...{ ...fake, queue, settled },
    get asked() {
      return fake.asked;
    },
    /** What was sent and is not answered yet. */
    underWay: () => sent.map(({ name }) => name),
    publish(name: string, room = 'event-1', text = name) {
      const send = () =>
        new Promise<PublishResult>((resolve, reject) => {
          const position = { epoch: 'epoch', offset: 1, revision: 0 };
          const answer = async (error?: Error) => {
            if (error) reject(error);
            else resolve({ position });
            await vi.advanceTimersByTimeAsync(0);
          };
          sent.push({ name, answer });
        });
      queue.publish(room, text, send).then(
        () => settled.push(name),
        ({ code }) => settled.push(`${name} ${code}`),
      );
    },
    /** Answers what was sent first. */
    answer: async (error?: Error) => sent.shift()?.answer(error),
  };
}

describe('publishes of a room that moves to another server', () => {
  it('are sent again in the order of their calls, one ahead of all others', async () => {
    const { publish, underWay, answer, moved, change, settled } = openQueue();
    for (const name of ['a', 'b', 'c']) publish(name);
    await answer();
    await answer(moved);
    publish('d');
    await answer(moved);
    expect([settled, underWay()]).toEqual([['a'], []]);
    change();
    publish('e');
    expect(underWay()).toEqual(['b']);
    await answer(moved);
    change();
    expect(underWay()).toEqual(['b']);
    await answer();
    expect(underWay()).toEqual(['c', 'd', 'e']);
    for (let left = 3; left > 0; left -= 1) await answer();
    expect(settled).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('wait until all that is under way is answered', async () => {
    const { publish, underWay, answer, moved, change } = openQueue();
    for (const name of ['a', 'b']) publish(name);
    await answer(moved);
    change();
    expect(underWay()).toEqual(['b']);
    await answer(moved);
    change();
    expect(underWay()).toEqual(['a']);
  });

  it('are rejected where a later one was run, since they would come after it', async () => {
    const { publish, answer, moved, change, underWay, settled } = openQueue();
    for (const name of ['a', 'b']) publish(name);
    await answer(moved);
    await answer();
    change();
    expect([underWay(), settled]).toEqual([[], ['b', 'a PUBLISH_FAILED']]);
  });

  it('are rejected where the answer to a later one never came', async () => {
    const { publish, answer, moved, settled } = openQueue();
    for (const name of ['a', 'b']) publish(name);
    await answer(moved);
    await answer(new Error('The socket is gone'));
    expect(settled).toEqual(['b PUBLISH_OUTCOME_UNKNOWN', 'a PUBLISH_FAILED']);
  });

  it('are rejected once they have waited for too long, however often they were sent', async () => {
    const { publish, answer, moved, change, underWay, settled } = openQueue();
    publish('a');
    await answer(moved);
    await vi.advanceTimersByTimeAsync(timeoutMs - 1);
    change();
    await vi.advanceTimersByTimeAsync(1);
    expect([underWay(), settled]).toEqual([['a'], []]);
    await answer(moved);
    expect(settled).toEqual(['a PUBLISH_FAILED']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ask who has the room, and do not hold up other rooms', async () => {
    const opened = openQueue();
    const { publish, answer, moved, underWay } = opened;
    publish('a');
    await answer(moved);
    expect(opened.asked).toBe(1);
    publish('other', 'event-2');
    expect(underWay()).toEqual(['other']);
  });

  it('are bounded in bytes', async () => {
    const { publish, answer, moved, change, settled, underWay } = openQueue();
    publish('a', 'event-1', 'x'.repeat(60));
    publish('b', 'event-1', 'x'.repeat(60));
    await answer(moved);
    await answer(moved);
    expect(settled).toEqual(['b PUBLISH_FAILED']);
    change();
    expect(underWay()).toEqual(['a']);
    await answer(moved);
    publish('c', 'event-1', 'x'.repeat(41));
    publish('d', 'event-1', 'x'.repeat(40));
    await vi.advanceTimersByTimeAsync(0);
    expect(settled).toEqual(['b PUBLISH_FAILED', 'c PUBLISH_FAILED']);
  });

  it('are rejected with CLOSED when the broker is closed', async () => {
    const { publish, answer, moved, queue, settled } = openQueue();
    for (const name of ['a', 'b']) publish(name);
    await answer(moved);
    const closing = queue.close();
    await answer(moved);
    await closing;
    expect(settled).toEqual(['a CLOSED', 'b CLOSED']);
    expect(vi.getTimerCount()).toBe(0);
  });
});
