import { describe, expect, it, vi } from 'vitest';
import { Subscribers } from './subscribers.ts';

describe('Subscribers', () => {
  it('calls everybody back until they stop, and stopping twice is harmless', () => {
    const subscribers = new Subscribers<number>('test', vi.fn());
    const [first, second] = [vi.fn(), vi.fn()];
    const stop = subscribers.add(first);
    subscribers.add(second);
    subscribers.notify(1);
    stop();
    stop();
    subscribers.notify(2);
    expect(first.mock.calls).toEqual([[1]]);
    expect(second.mock.calls).toEqual([[1], [2]]);
    expect(subscribers.size).toBe(1);
  });

  it('takes the same function twice, as two subscriptions', () => {
    const subscribers = new Subscribers<number>('test', vi.fn());
    const callback = vi.fn();
    const stop = subscribers.add(callback);
    subscribers.add(callback);
    subscribers.notify(1);
    expect(callback).toHaveBeenCalledTimes(2);
    stop();
    subscribers.notify(2);
    expect(callback).toHaveBeenCalledTimes(3);
  });

  it('reports who throws or rejects, and calls the others all the same', async () => {
    const report = vi.fn();
    const subscribers = new Subscribers<number>('watchState', report);
    const [thrown, rejected] = [new Error('thrown'), new Error('rejected')];
    const last = vi.fn();
    subscribers.add(() => {
      throw thrown;
    });
    subscribers.add(async () => {
      throw rejected;
    });
    subscribers.add(last);
    subscribers.notify(1);
    expect(last).toHaveBeenCalledOnce();
    await vi.waitFor(() =>
      expect(report.mock.calls).toEqual([
        [thrown, 'watchState'],
        [rejected, 'watchState'],
      ]),
    );
  });

  it('does not call who stops, or begins, while the others hear', () => {
    const subscribers = new Subscribers<number>('test', vi.fn());
    const [stopped, added] = [vi.fn(), vi.fn()];
    let stop = () => {};
    subscribers.add(() => {
      stop();
      subscribers.add(added);
    });
    stop = subscribers.add(stopped);
    subscribers.notify(1);
    expect(stopped).not.toHaveBeenCalled();
    expect(added).not.toHaveBeenCalled();
  });

  it('tells what a callback brings about when everybody has heard the cause', () => {
    const subscribers = new Subscribers<string>('test', vi.fn());
    const heard: string[] = [];
    subscribers.add((value) => {
      heard.push(`first ${value}`);
      if (value === 'cause') subscribers.notify('effect');
    });
    subscribers.add((value) => heard.push(`second ${value}`));
    subscribers.notify('cause');
    expect(heard).toEqual(['first cause', 'second cause', 'first effect', 'second effect']);
    subscribers.notify('later');
    expect(heard.at(-1)).toBe('second later');
  });
});
