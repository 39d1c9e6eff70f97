import { systemClock } from '@roomcast/realtime-contract';
import { ErrorReply } from 'redis';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RedisClient } from '../connection/redisClient.ts';
import { isRedirection } from '../connection/wasNotRun.ts';
import { Attempts } from '../masters/attempts.ts';
import type { Masters } from '../masters/masters.ts';
import { NewsChannels } from './newsChannels.ts';

const timeoutMs = 1_000;

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** A server whose subscriptions the test answers. */
function openServer(name: string, log: string[]) {
  let answer = async (_channels: readonly string[]) => {};
  const client = {
    subscribe(channels: readonly string[]) {
      log.push(`${name} +${channels.join(' +')}`);
      return answer(channels);
    },
    async unsubscribe(channel: string) {
      log.push(`${name} -${channel}`);
    },
  } as unknown as RedisClient;
  const news = { client, restart: () => void log.push(`${name} anew`) };
  return {
    master: { news, isUp: true },
    client,
    onSubscribe(callback: typeof answer) {
      answer = callback;
    },
  };
}

/** Two servers, and the channels at one of them until the test says otherwise. */
function openChannels() {
  const log: string[] = [];
  const [one, other] = [openServer('one', log), openServer('other', log)];
  const listeners = new Set<() => void>();
  let holder = one;
  const change = () => {
    for (const listener of [...listeners]) listener();
  };
  const masters = {
    all: [one.master, other.master],
    isClosed: false,
    of: () => holder.master,
    // So that channels with the same end may be named in one command.
    slotOf: (channel: string) => channel.charCodeAt(channel.length - 1),
    isElsewhere: isRedirection,
    learn: async () => change(),
    onChange: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  } as unknown as Masters;
  const options = { masters, clock: systemClock, timeoutMs };
  const onError = (error: unknown) => void log.push(String(error));
  const channels = new NewsChannels({ ...options, attempts: new Attempts(options), onError });
  channels.onAgain((names) => log.push(`again ${names.join(' ')}`));
  return {
    ...{ log, one, other, channels, change },
    move() {
      holder = other;
    },
  };
}

describe('channels', () => {
  it('are subscribed where they are held, each slot with a command of its own', async () => {
    const { channels, one, other, log, move, change } = openChannels();
    for (const name of ['a1', 'b1', 'c2']) await channels.add(name);
    log.length = 0;
    move();
    change();
    await vi.advanceTimersByTimeAsync(0);
    expect(log).toEqual(['other +a1 +b1', 'other +c2', 'again a1 b1', 'again c2']);
    expect(channels.isHeard('a1', one.client)).toBe(false);
    expect(channels.isHeard('a1', other.client)).toBe(true);
  });

  it('go after a slot that a server does not hold any more', async () => {
    const { channels, one, log, move } = openChannels();
    one.onSubscribe(async () => {
      move();
      throw new ErrorReply('MOVED 1 127.0.0.1:7000');
    });
    await channels.add('a1');
    expect(log).toEqual(['one +a1', 'other +a1']);
  });

  it('are subscribed anew where the server has ended the subscription', async () => {
    const { channels, one, log, move } = openChannels();
    await channels.add('a1');
    move();
    channels.moved(one.client, 'a1');
    await vi.advanceTimersByTimeAsync(0);
    expect(log).toEqual(['one +a1', 'other +a1', 'again a1']);
  });

  it('make the connection anew where a subscription ends that nobody has', async () => {
    const { channels, one, log } = openChannels();
    channels.moved(one.client, 'a1');
    expect(log).toEqual(['one anew']);
  });

  it('make the connection anew on which no answer comes', async () => {
    const { channels, one, log } = openChannels();
    one.onSubscribe(() => new Promise(() => {}));
    const adding = expect(channels.add('a1')).rejects.toMatchObject({ code: 'CONNECTION_FAILED' });
    await vi.advanceTimersByTimeAsync(timeoutMs);
    await adding;
    expect(log).toContain('one anew');
  });

  it('are refused to whoever asks first, and leave the connection to the others', async () => {
    const { channels, one, log } = openChannels();
    await channels.add('a1');
    one.onSubscribe(async () => {
      throw new ErrorReply('NOPERM');
    });
    await expect(channels.add('b1')).rejects.toMatchObject({ code: 'CONNECTION_FAILED' });
    expect(log).not.toContain('one anew');
  });

  it('are given up where they were removed while they were subscribed', async () => {
    const { channels, one, log } = openChannels();
    channels.hear(one.client, 'a1', 'text');
    expect(log).toEqual(['one -a1']);
  });
});
